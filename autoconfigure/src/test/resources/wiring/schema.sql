CREATE TABLE from_script (id integer PRIMARY KEY);
INSERT INTO from_script VALUES (1);
