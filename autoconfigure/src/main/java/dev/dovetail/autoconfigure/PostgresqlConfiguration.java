package dev.dovetail.autoconfigure;

import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.context.annotation.Configuration;

/** PostgreSQL, where its driver is there. */
@Configuration(proxyBeanMethods = false)
@ConditionalOnClass(name = "org.postgresql.Driver")
class PostgresqlConfiguration {}
