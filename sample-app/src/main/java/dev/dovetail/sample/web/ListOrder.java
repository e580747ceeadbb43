package dev.dovetail.sample.web;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.springframework.data.domain.PageRequest;
import org.springframework.data.domain.Pageable;
import org.springframework.data.domain.Sort;
import org.springframework.data.domain.Sort.Direction;
import org.springframework.data.domain.Sort.Order;

/**
 * By what a list may be sorted: properties for which there is an index, always followed by the id, so that no row appears
 * on two pages.
 *
 * @param properties what one may ask for
 * @param otherwise the order if one does not ask
 */
record ListOrder(Set<String> properties, Order otherwise) {

    private static final String ID = "id";

    static ListOrder of(Order otherwise, String... others) {
        Set<String> properties = new TreeSet<>(Set.of(others));
        properties.add(otherwise.getProperty());
        return new ListOrder(properties, otherwise);
    }

    /** @throws InvalidParameterException if the sort names another property */
    Pageable page(PageQuery query, Sort sort) {
        return PageRequest.of(query.page(), query.size(), complete(sort));
    }

    /** @throws InvalidParameterException if the sort names another property */
    Sort complete(Sort sort) {
        List<Order> orders = new ArrayList<>();
        for (Order order : sort.isSorted() ? sort : Sort.by(otherwise)) {
            if (!properties.contains(order.getProperty())) {
                throw new InvalidParameterException(
                        "sort",
                        "cannot be '%s'; use one of %s".formatted(order.getProperty(), String.join(", ", properties)));
            }
            orders.add(new Order(order.getDirection(), order.getProperty()));
        }
        // In the direction of the last one, so that an index on both is read straight forward or straight backward.
        Direction direction = orders.get(orders.size() - 1).getDirection();
        orders.add(new Order(direction, ID));
        return Sort.by(orders);
    }
}
