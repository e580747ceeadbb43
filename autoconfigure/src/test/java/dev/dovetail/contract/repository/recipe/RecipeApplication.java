package dev.dovetail.contract.repository.recipe;

import org.springframework.boot.autoconfigure.AutoConfigurationPackage;

/** What {@code @SpringBootApplication} says about packages, and nothing else. */
@AutoConfigurationPackage
public class RecipeApplication {}
