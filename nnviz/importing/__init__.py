"""Networks from elsewhere: models of other libraries, and the files that they write."""
