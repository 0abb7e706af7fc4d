"""The document: the tree, the markup that templates write, the rendering of a template to a tree."""
