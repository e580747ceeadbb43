package dev.dovetail.benchmarks.peer.dovetail;

import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.annotation.Configuration;

/** An application on Dovetail without a setting. */
@Configuration(proxyBeanMethods = false)
@EnableAutoConfiguration
class DovetailConfiguration {}
