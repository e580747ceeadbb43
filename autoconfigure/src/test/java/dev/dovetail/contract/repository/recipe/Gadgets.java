package dev.dovetail.contract.repository.recipe;

import java.util.List;
import org.springframework.data.repository.ListCrudRepository;

public interface Gadgets extends ListCrudRepository<Gadget, Long> {

    List<Gadget> findByName(String name);
}
