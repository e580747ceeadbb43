package dev.dovetail.benchmarks.peer.springdata;

import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.data.jdbc.repository.config.EnableJdbcRepositories;

/** The same, with repositories that open no transactions by themselves. */
@Configuration(proxyBeanMethods = false)
@EnableAutoConfiguration
@Import(SqliteSupport.class)
@EnableJdbcRepositories(enableDefaultTransactions = false)
class WithoutTransactions {}
