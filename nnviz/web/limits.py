"""What a server takes and how long it waits, whichever one it is."""

TURN = 0.0005  # seconds that one request computes before another one in the same process has its turn
MOST_CONNECTIONS = 10_000  # of a process: a browser opens six and keeps them, and a class opens the page at once
IDLE = 75  # seconds that a connection is kept on which nothing is asked
SILENT = 15  # seconds without a byte, in a request or an answer that has begun
GRACE = 30  # seconds for what is under way when the server is told to stop
LONGEST_LINE = 8190  # characters of an address, as other servers take it
LARGEST_HEADER = 32 * 1024  # bytes of all headers together
