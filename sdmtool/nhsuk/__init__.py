"""The Python side of our form pages; the templates are in templates/nhsuk/."""
