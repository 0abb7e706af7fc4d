"""The door in the browser, on this machine only: it shows and changes what the commands show and change."""
