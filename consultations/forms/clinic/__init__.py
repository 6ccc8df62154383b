"""What staff type on the clinic's pages, checked and tidied."""
