"""What does the paper look like: reading uploaded sheets and writing sheets, without a database."""
