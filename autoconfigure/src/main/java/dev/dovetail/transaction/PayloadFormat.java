package dev.dovetail.transaction;

/** How objects are kept as text. Must be safe for use by several threads. */
public interface PayloadFormat {

    /** Texts only, as they are: what there is without Jackson. */
    PayloadFormat TEXT = new PayloadFormat() {
        @Override
        public String write(Object payload) {
            if (payload instanceof String text) {
                return text;
            }
            throw new IllegalArgumentException(
                    "Without Jackson on the class path a payload must be a String, and this is "
                            + payload.getClass().getTypeName());
        }

        @Override
        public <T> T read(String text, Class<T> type) {
            return type.cast(text);
        }
    };

    /** The payload as text. */
    String write(Object payload);

    /** The payload of this text. */
    <T> T read(String text, Class<T> type);
}
