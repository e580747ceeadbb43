package dev.dovetail.sql;

import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Which statements may call functions that change something. */
public final class SqlFunctions {

    private static final Pattern CALL = Pattern.compile("([\\p{L}_][\\p{L}\\p{N}_.$]*|\"[^\"]+\")\\s*\\(");

    // Words before a bracket, and functions of the engines that only compute. Any other may be the application's.
    private static final Set<String> HARMLESS = Set.of(
            ("all and any array as between by case cast check distinct else except exists filter from group having if in"
                            + " intersect is join key lateral limit materialized not offset on or order over partition"
                            + " range recursive row rows select set some tablesample then union unique using values when where window"
                            + " with within"
                            + " abs array_agg array_length avg bool_and bool_or ceil ceiling char_length coalesce concat concat_ws"
                            + " count current_date cume_dist date date_part date_trunc datetime dense_rank extract"
                            + " first_value floor format generate_series glob greatest grouping group_concat hex ifnull iif instr"
                            + " json json_agg json_array json_build_object json_each json_extract json_group_array json_object"
                            + " json_tree jsonb_agg jsonb_array_elements jsonb_build_object julianday lag last_value lead least"
                            + " left length like ln log lower lpad ltrim max md5 min mod now nth_value ntile nullif"
                            + " percent_rank percentile_cont percentile_disc position pow power quote random rank replace right"
                            + " round row_number rpad rtrim sign split_part sqrt stddev strftime string_agg strpos sub substr"
                            + " substring sum time to_char to_date to_number to_timestamp total trim trunc typeof unixepoch unnest"
                            + " upper variance varchar char character numeric decimal timestamp timestamptz interval")
                    .split(" "));

    // Of PostgreSQL's and SQLite's catalogues: what these tell of, none of them changes.
    private static final Pattern HARMLESS_OF_CATALOGUE = Pattern.compile(
            "(pg_catalog\\.)?(pg_get_\\w+|pg_is_\\w+|pg_stat_get_\\w+|pg_\\w*size\\w*|has_\\w+_privilege|current_\\w+|inet_\\w+"
                    + "|to_reg\\w+|format_type|obj_description|col_description|row_security_active|version"
                    + "|pragma_\\w+|sqlite_\\w+)");

    private SqlFunctions() {}

    /** Whether there may be a call of a function that is not known to only compute; true in doubt, as in a text or a comment. */
    public static boolean mayCallOthers(String sql) {
        Matcher call = CALL.matcher(sql);
        while (call.find()) {
            String name = call.group(1).toLowerCase(Locale.ROOT);
            if (!HARMLESS.contains(name) && !HARMLESS_OF_CATALOGUE.matcher(name).matches()) {
                return true;
            }
        }
        return false;
    }
}
