CREATE TABLE dovetail_other_things (id ${identity}, at ${timestamp} NOT NULL DEFAULT ${now}) ${strict};
