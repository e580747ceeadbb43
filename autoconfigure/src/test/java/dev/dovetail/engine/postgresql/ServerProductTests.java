package dev.dovetail.engine.postgresql;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ServerProductTests {

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            PostgreSQL 18.1 (Debian 18.1-1) on x86_64-pc-linux-gnu, compiled by gcc | PostgreSQL  | 18.1
            PostgreSQL 19beta2 on aarch64                                           | PostgreSQL  | 19beta2
            PostgreSQL 11.2-YB-2.18.0.0-b0 on x86_64-pc-linux-gnu, compiled by clang | YugabyteDB | 11.2-YB-2.18.0.0-b0
            CockroachDB CCL v23.1.11 (x86_64-pc-linux-gnu, built 2023/09/27)        | CockroachDB | 23.1.11
            Something else entirely                                                 | PostgreSQL  | Something else entirely
            """)
    void isKnownByItsVersion(String text, String flavour, String version) {
        assertThat(ServerProduct.flavour(text)).isEqualTo(flavour);
        assertThat(ServerProduct.versionIn(text)).isEqualTo(version);
    }
}
