// Answers the requests of one page that is served on this machine to its own user.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace cascade::page {

// `token`: whoever does not know it gets nothing. `policy`: of the document, as a header. `have`: names this state of
// the data. `fault`: why there is no newer one; empty: there is none.
struct Site {
  std::string token, policy, document, data, have, fault;
  std::uint16_t port = 0;
};

std::string address_of(const Site& site);  // "http://127.0.0.1:4711/TOKEN/"

// The whole answer, head and body, to the head of a request, up to its empty line. Refuses what a page of somebody else
// may send: another Host (a name that was pointed here), another origin, another method.
std::string answer(const Site& site, std::string_view head);

}  // namespace cascade::page
