package dev.dovetail.benchmarks.startup.plain;

import java.util.Map;
import java.util.UUID;
import org.springframework.data.domain.Pageable;
import org.springframework.data.domain.Slice;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

@Service
class Registry {

    private final IssuerRepository issuers;
    private final BadgeRepository badges;
    private final AssertionRepository assertions;
    private final JdbcClient client;

    Registry(IssuerRepository issuers, BadgeRepository badges, AssertionRepository assertions, JdbcClient client) {
        this.issuers = issuers;
        this.badges = badges;
        this.assertions = assertions;
        this.client = client;
    }

    @Transactional
    Issuer add(Issuer issuer) {
        return issuers.save(issuer);
    }

    @Transactional
    Badge add(Badge badge) {
        return badges.save(badge);
    }

    @Transactional
    Assertion add(Assertion assertion) {
        return assertions.save(assertion);
    }

    Issuer findIssuer(UUID id) {
        return issuers.findById(id).orElseThrow();
    }

    Badge findBadge(UUID id) {
        return badges.findById(id).orElseThrow();
    }

    Assertion findAssertion(UUID id) {
        return assertions.findById(id).orElseThrow();
    }

    Slice<Issuer> issuers(Pageable page) {
        return issuers.findAllBy(page);
    }

    Slice<Badge> badges(Pageable page) {
        return badges.findAllBy(page);
    }

    Slice<Assertion> assertions(Pageable page) {
        return assertions.findAllBy(page);
    }

    @Transactional(readOnly = true)
    Map<String, Object> counts() {
        return client.sql("SELECT (SELECT count(*) FROM issuers) issuers, (SELECT count(*) FROM assertions) assertions")
                .query()
                .singleRow();
    }
}
