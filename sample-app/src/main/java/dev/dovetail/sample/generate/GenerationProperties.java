package dev.dovetail.sample.generate;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * The application's own settings.
 *
 * @param generate How many assertions to generate at start, with issuers and badges for them. What is there already is
 *     left alone.
 */
@ConfigurationProperties("badges")
record GenerationProperties(@DefaultValue("0") int generate) {}
