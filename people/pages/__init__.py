"""Pages about log-ins, for the person who has one and for administrators."""
