package dev.dovetail.contract.repository;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dovetail.contract.EngineContract;
import dev.dovetail.contract.TestApplication;
import dev.dovetail.contract.TestEngine;
import dev.dovetail.contract.repository.recipe.Gadget;
import dev.dovetail.contract.repository.recipe.Gadgets;
import dev.dovetail.contract.repository.recipe.RecipeApplication;
import org.junit.jupiter.api.Test;

/** A new repository costs an interface and a record: nothing is declared, listed or configured for it. */
@EngineContract
class RecipeTests {

    private final TestEngine engine;

    RecipeTests(TestEngine engine) {
        this.engine = engine;
    }

    @Test
    void whenThereIsAnInterfaceAndARecordThenThereIsARepository() {
        try (TestApplication application = TestApplication.withRepositories(engine, RecipeApplication.class)) {
            application.define("CREATE TABLE gadget (id ${identity}, name ${text} NOT NULL) ${strict}");
            Gadgets gadgets = application.bean(Gadgets.class);

            Gadget saved = gadgets.save(new Gadget(null, "lamp"));

            assertThat(gadgets.findByName("lamp")).containsExactly(saved);
        }
    }
}
