THIS IS NOT SQL: every engine has a file of its own in place of this one;
