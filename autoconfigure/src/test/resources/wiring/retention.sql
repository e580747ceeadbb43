CREATE TABLE wired_event (id INTEGER PRIMARY KEY, at INTEGER /* timestamp */);
