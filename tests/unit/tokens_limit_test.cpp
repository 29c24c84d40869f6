#include <catch2/catch.hpp>

#include <cascade/tokens.h>

#include <string>

using namespace cascade;

namespace {

std::string shown(std::string_view text) {
  const auto limit = parse_token_limit(text);
  return limit ? std::to_string(limit->tokens) + " tokens, " + std::to_string(limit->share_ppm) + " ppm" : "none";
}

std::uint32_t window(std::string_view name) {
  const auto model = token_model(name);
  return model ? model->window : 1;
}

}  // namespace

TEST_CASE("a limit is a number of tokens or a share of the window") {
  CHECK(shown("4000") == "4000 tokens, 0 ppm");
  CHECK(shown("0") == "0 tokens, 0 ppm");
  CHECK(shown("2%") == "0 tokens, 20000 ppm");
  CHECK(shown("0.5%") == "0 tokens, 5000 ppm");
  CHECK(shown("12.3456 %") == "0 tokens, 123456 ppm");
  CHECK(shown("100%") == "0 tokens, 1000000 ppm");
}

TEST_CASE("what is neither is none") {
  for (const char* text : {"", "%", "x", "-1", "4k", "4000 tokens", "0%", "101%", "100.1%", "1.%", ".5%", "1.23456%",
                           "1e3", "99999999999", "2%%", "+2%", "0x10"})
    CHECK(shown(text) == "none");
}

TEST_CASE("a share is one of the window, rounded down; a number does not depend on it") {
  CHECK(tokens_of({0, 20'000}, 200'000) == 4'000);
  CHECK(tokens_of({0, 1}, 999'999) == 0);
  CHECK(tokens_of({0, 1'000'000}, 4'294'967'295u) == 4'294'967'295u);
  CHECK(tokens_of({700, 0}, 200'000) == 700);
}

TEST_CASE("windows are known by model, the large ones by name or by their mark") {
  CHECK(window("claude-sonnet-4-5") == 200'000);
  CHECK(window("claude-opus-5-5") == 1'000'000);
  CHECK(window("us.anthropic.claude-opus-4-8-v1:0") == 1'000'000);
  CHECK(window("claude-sonnet-4-5[1m]") == 1'000'000);
  CHECK(window("opus") == 200'000);
  CHECK(window("gpt-4o-mini") == 128'000);
  CHECK(window("o200k") == 0);
}
