"""The server: where it is, its settings, and the command that starts it."""

SENTENCES = {
    "server.address": "nnviz is at {address} (Ctrl+C ends it)",
    "server.others": "Others in your network open {address}",
    "server.alone": "This machine is in no network, so nobody else can open the page.",
    "server.taken": "nnviz cannot listen on {host}:{port}: {reason}. Choose another port: PORT={other} make run",
    "server.bad_host": "HOST must be an address of this machine, such as 127.0.0.1 or 0.0.0.0, not {given!r}.",
    # What is wrong with a setting
    "setting.host": "HOST must be an address of this machine, such as 127.0.0.1 or 0.0.0.0, not {given!r}.",
    "setting.port": "PORT must be a whole number from 0 to 65535 (0 takes a free one), not {given!r}.",
    "setting.workers": "WORKERS, the number of processes, must be a whole number from 1 to 256, not {given!r}.",
    "setting.threads": "THREADS, of each process, must be a whole number from 1 to 512, not {given!r}.",
    "setting.base_path": "BASE_PATH must be a path such as /nnviz, of letters, digits and . _ ~ -, not {given!r}.",
    "setting.frame_ancestors": (
        "FRAME_ANCESTORS must be none, self, or the origins of the pages that may frame this one, such as "
        "https://school.example, with blanks between them; not {given!r}."
    ),
    "setting.trusted_proxies": "TRUSTED_PROXIES, their number, must be a whole number from 0 to 10, not {given!r}.",
    "setting.access_log": "ACCESS_LOG must be 1 or 0, not {given!r}.",
    "server.shown": "{address} is open in the browser (Ctrl+C ends it)",
    # The command
    "command.about": "Serves nnviz. Each option is also a setting of the environment, by its name in capitals.",
    "command.host": "the address to listen on; 127.0.0.1 unless set, and 0.0.0.0 lets others in",
    "command.port": "the port to listen on; 8050 unless set, and 0 takes a free one",
    "command.workers": "how many processes; as many as there are processors unless set",
    "command.threads": "how many threads each process has; 32 unless set",
    "command.base_path": "the path that the site is below, such as /nnviz; none unless set",
    "command.frame_ancestors": "who may frame the page: none, self, or origins; none unless set",
    "command.trusted_proxies": "how many proxies before the server say where a request comes from; 0 unless set",
    "command.access_log": "1 writes a line for each request; 0 unless set",
}
