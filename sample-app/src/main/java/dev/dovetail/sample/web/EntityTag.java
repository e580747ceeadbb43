package dev.dovetail.sample.web;

import java.util.regex.Pattern;
import org.springframework.http.HttpHeaders;

/** Versions as HTTP has them: strong entity tags (RFC 9110, 8.8.3). */
final class EntityTag {

    private static final Pattern TAG = Pattern.compile("\"([1-9][0-9]{0,17})\"");

    private EntityTag() {}

    static String of(long version) {
        return "\"" + version + "\"";
    }

    /** @throws InvalidParameterException if it is not a tag that was given before */
    static long version(String ifMatch) {
        var matcher = TAG.matcher(ifMatch);
        if (!matcher.matches()) {
            throw new InvalidParameterException(
                    HttpHeaders.IF_MATCH, "must be the ETag of the version that is changed");
        }
        return Long.parseLong(matcher.group(1));
    }
}
