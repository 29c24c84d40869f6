// What the lists of a message are: needs, or details of one.
#pragma once

#include <vector>

#include "needs/message.h"

namespace cascade::needs {

// lead: the line above a list of needs. If its last sentence is at most `longest_lead` words long ("please prepare:"),
// it only heads the list.
enum class ListKind : std::uint8_t { none, lead, needs, detail };
constexpr std::size_t longest_lead = 4;

// For each line of the message; none: it is no item.
std::vector<ListKind> lists_in(const Message& message);

}  // namespace cascade::needs
