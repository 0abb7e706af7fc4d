"""Which address is which view: all pages but the first. With them all of docgen is loaded, which takes a moment."""

from __future__ import annotations

from collections.abc import Mapping

from docgen.page import (
    amendment_page,
    drafting_pages,
    editing,
    event_form,
    filing_pages,
    form_examples,
    form_page,
    fund_page,
    import_page,
    list_pages,
    new_plan_page,
    papers,
    plan_text_page,
    rules_page,
    schedule_page,
    source_page,
)
from docgen.page.visits import PageView

WHILE_TYPING = (
    editing.check,
    form_page.check,
    rules_page.rules,
)  # views that take the last snapshot: the next page takes a new one

PAGES: Mapping[str, PageView] = {  # each also as .json
    "/plans/{plan}": schedule_page.schedule,
    "/plans/{plan}/{amendment}": amendment_page.amendment,
    "/funds": fund_page.fund,
    "/matrix": list_pages.matrix,
    "/status": list_pages.status,
    "/exhibits": list_pages.exhibits,
    "/new": new_plan_page.new_plan_page,
    "/plan-text/{plan}": plan_text_page.plan_text,
    "/next/{plan}": drafting_pages.next_page,
    "/events": event_form.events,
    "/events/{event}": drafting_pages.event,
    "/examples/{plan}/{amendment}": form_examples.examples,
    "/source": source_page.source,
    "/import": import_page.import_page,
    "/import/{plan}": import_page.import_page,
    "/package/{plan}/{amendment}": filing_pages.package_page,
    "/seal/{plan}/{amendment}": filing_pages.seal_page,
}
FILES: Mapping[str, PageView] = {
    "/export/{plan}.{suffix}": schedule_page.export,
    "/preview/{plan}/{amendment}/{document}.htm": papers.preview,
    "/papers/{plan}/{amendment}/{file}": papers.file,
    "/redline/{plan}/{amendment}.{suffix}": papers.redline,
    "/zip/{plan}/{amendment}.zip": filing_pages.zip_of_paper,
    "/packages/{plan}/{amendment}.zip": filing_pages.zip_of_package,
}
ACTIONS: Mapping[str, PageView] = {
    "/check/{plan}/{amendment}": editing.check,
    "/save/{plan}/{amendment}": editing.save,
    "/form/{plan}/{amendment}": form_page.submit,
    "/form-check/{plan}/{amendment}": form_page.check,
    "/rules/{plan}/{amendment}": rules_page.rules,
    "/undo": editing.undo,
    "/new": new_plan_page.begin_plan,
    "/plan-text/{plan}": plan_text_page.save_plan_text,
    "/begin": new_plan_page.begin_workspace,
    "/next/{plan}": drafting_pages.begin,
    "/events": event_form.add_event,
    "/events/{event}": drafting_pages.draft_event,
    "/import": import_page.submit,
    "/import/{plan}": import_page.submit,
    "/package/{plan}/{amendment}": filing_pages.pack,
    "/seal/{plan}/{amendment}": filing_pages.seal_it,
}
