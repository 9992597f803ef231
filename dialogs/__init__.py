"""What we ask and decide: flows, tables and dates, pure but for reading their own files."""
