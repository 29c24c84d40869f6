#include "route/answer/answer.h"

#include <catch2/catch.hpp>

#include "unit/route_text.h"

namespace cascade::route {
namespace {

// The words that are left of a request.
std::string left_of(const std::string& text) {
  const test::Library library = test::library_of("skill:cart-tests | Writes tests for the cart. |\n");
  const Router router = library.router();
  std::string words;
  for (const PromptWord& word : read_request(RouterTables::tables(router), text).words)
    if (word.counts && !word.foreign) words += (words.empty() ? "" : " ") + text.substr(word.offset, word.length);
  return words;
}

TEST_CASE("thanks at the end of a request are left out, with a full stop before them or without") {
  for (const char* thanks :
       {" thanks", " thanks a million you are great", ". Thank you so much!", " many thanks in advance mate",
        ", thanks that would help me a lot", " thanks to you all", " thank u"}) {
    INFO(thanks);
    CHECK(left_of("write tests for the shopping cart" + std::string(thanks)).substr(0, 33) ==
          "write tests for the shopping cart");
    CHECK(left_of("write tests for the shopping cart" + std::string(thanks)).find("hank") == std::string::npos);
  }
}

TEST_CASE("thanks at the beginning are left out up to the next mark") {
  CHECK(left_of("Great, thanks! Write tests for the shopping cart") == "Write tests for the shopping cart");
  CHECK(left_of("thank you so much, write tests for the shopping cart") == "write tests for the shopping cart");
}

TEST_CASE("thanks stay where little else is said, and where they are what it is about") {
  CHECK(left_of("thanks that worked") == "thanks that worked");
  CHECK(left_of("ok thanks a lot, bye") == "ok thanks a lot bye");
  for (const char* whole :
       {"our login breaks since yesterday thanks to the new cookie policy",
        "the nightly export is late thanks to a slow disk", "write an email that thanks the client for the meeting",
        "draft a short card thanking the retiring caretaker", "draft a note to thank our volunteers",
        "add a closing line which thanks her for the photos", "make the contact form show and send a thanks message",
        "collect the names of whom we thank", "end the quarterly newsletter with thanks"})
    CHECK(left_of(whole) == whole);
  CHECK(left_of("build the order form and a thank you page for it") ==
        "build the order form and a thank you page for it");
  CHECK(left_of("style the big thank-you page behind the checkout") ==
        "style the big thank you page behind the checkout");
}

}  // namespace
}  // namespace cascade::route
