CREATE TABLE dovetail_things (id ${identity}, name ${text} NOT NULL) ${strict};
