package dev.dovetail.contract.repository.generated;

import dev.dovetail.repository.Json;
import java.util.List;
import org.springframework.core.convert.converter.Converter;
import org.springframework.data.annotation.Id;
import org.springframework.data.convert.ReadingConverter;
import org.springframework.data.convert.WritingConverter;
import org.springframework.data.relational.core.mapping.Table;

/** What generated entities consist of, besides the types that everybody has. */
public final class Parts {

    private Parts() {}

    public enum Shade {
        LIGHT,
        DARK {
            @Override
            public boolean isDark() {
                return true;
            }
        };

        public boolean isDark() {
            return false;
        }
    }

    /** What references refer to. */
    @Table("target")
    public record Target(@Id long id) {}

    /** Stored as a text by the application's own converters. */
    public record Code(String text) {}

    /** Stored as a whole number by the application's own converters. */
    public record Cents(long amount) {}

    /** Stored as a document wherever it is a property. */
    @Json
    public record Note(String title, List<Integer> pages) {}

    @ReadingConverter
    enum TextToCode implements Converter<String, Code> {
        INSTANCE;

        @Override
        public Code convert(String text) {
            return new Code(text);
        }
    }

    @WritingConverter
    enum CodeToText implements Converter<Code, String> {
        INSTANCE;

        @Override
        public String convert(Code code) {
            return code.text();
        }
    }

    @ReadingConverter
    enum WholeToCents implements Converter<Long, Cents> {
        INSTANCE;

        @Override
        public Cents convert(Long amount) {
            return new Cents(amount);
        }
    }

    @WritingConverter
    enum CentsToWhole implements Converter<Cents, Long> {
        INSTANCE;

        @Override
        public Long convert(Cents cents) {
            return cents.amount();
        }
    }
}
