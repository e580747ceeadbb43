package dev.dovetail.benchmarks.startup.plain;

import org.springframework.boot.context.properties.ConfigurationProperties;

@ConfigurationProperties("badges")
record GenerationProperties(int generate) {}
