package dev.dovetail.benchmarks.peer.springdata;

import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.annotation.Configuration;

/** An application of Spring Boot's and nothing else. */
@Configuration(proxyBeanMethods = false)
@EnableAutoConfiguration
class SpringDataConfiguration {}
