#include <cascade/tokens.h>

#include <catch2/catch.hpp>
#include <limits>

using namespace cascade;

namespace {

// The factor, or 0 for an unknown model.
std::uint32_t per_mille(std::string_view name) {
  const auto model = token_model(name);
  if (!model) return 0;
  CHECK(model->name == name);
  return model->per_mille;
}

}  // namespace

TEST_CASE("a model is known by the longest prefix of its name") {
  CHECK(per_mille("claude-opus-4") == 1180);
  CHECK(per_mille("claude-opus-4-1-20250805") == 1180);
  CHECK(per_mille("claude-opus-4-8") == 1530);
  CHECK(per_mille("claude-opus-5-5") == 1530);
  CHECK(per_mille("claude-sonnet-4-5") == 1180);
  CHECK(per_mille("claude-sonnet-5") == 1530);
  CHECK(per_mille("claude-haiku-4-5") == 1180);
  CHECK(per_mille("claude-3-7-sonnet-20250219") == 1180);
  CHECK(per_mille("gpt-5") == 1000);
  CHECK(per_mille("gpt-5-codex") == 1000);
  CHECK(per_mille("gpt-4o-mini") == 1000);
  CHECK(per_mille("gpt-4.1") == 1000);
  CHECK(per_mille("gpt-4-turbo") == 996);
  CHECK(per_mille("o3-mini") == 1000);
  CHECK(per_mille("o200k") == 1000);
}

TEST_CASE("aliases and suffixes of the client are known") {
  CHECK(per_mille("opus") == 1530);
  CHECK(per_mille("sonnet") == 1530);
  CHECK(per_mille("haiku") == 1530);
  CHECK(per_mille("sonnet[1m]") == 1530);
  CHECK(per_mille("claude-sonnet-4-5[1m]") == 1180);
  CHECK(per_mille("Opus") == 1530);
}

TEST_CASE("a vendor before the name does not matter") {
  CHECK(per_mille("anthropic/claude-opus-4-8") == 1530);
  CHECK(per_mille("us.anthropic.claude-sonnet-4-5-20250929-v1:0") == 1180);
  CHECK(per_mille("openrouter/openai/gpt-5") == 1000);
}

TEST_CASE("a prefix ends where a word of the name does") {
  CHECK(per_mille("opusculum") == 0);
  CHECK(per_mille("o1000") == 0);
  CHECK(per_mille("gpt-50") == 0);
  CHECK(per_mille("gpt") == 0);
  CHECK(per_mille("") == 0);
  CHECK(per_mille("llama-4") == 0);
}

TEST_CASE("every model of the table is known by its own name") {
  REQUIRE_FALSE(token_models().empty());
  for (const TokenModel& model : token_models()) CHECK(per_mille(model.name) == model.per_mille);
}

TEST_CASE("limits are rounded down and totals up") {
  const TokenModel model{"m", 1530};
  CHECK(to_o200k(model, 0) == 0);
  CHECK(to_o200k(model, 1530) == 1000);
  CHECK(to_o200k(model, 1529) == 999);
  CHECK(to_o200k(model, 20'000) == 13'071);
  CHECK(estimated_tokens(model, 0) == 0);
  CHECK(estimated_tokens(model, 1000) == 1530);
  CHECK(estimated_tokens(model, 1) == 2);
  CHECK(estimated_tokens(model, 999) == 1529);
}

TEST_CASE("what fits a limit in o200k tokens fits it in the model's") {
  for (const std::uint32_t factor : {1U, 996U, 1000U, 1180U, 1530U, 4000U})
    for (std::uint64_t limit = 0; limit < 5000; limit += 7) {
      const TokenModel model{"m", factor};
      CHECK(estimated_tokens(model, to_o200k(model, limit)) <= limit);
    }
}

TEST_CASE("no number overflows") {
  constexpr std::uint64_t most = std::numeric_limits<std::uint64_t>::max();
  CHECK(to_o200k({"m", 1000}, most) == most);
  CHECK(to_o200k({"m", 1}, most) == most);
  CHECK(to_o200k({"m", 0}, 5) == 5000);
  CHECK(to_o200k({"m", 0xFFFFFFFF}, most) == 4'294'967'297'000);
  CHECK(estimated_tokens({"m", 1000}, most) == most);
  CHECK(estimated_tokens({"m", 1530}, most) == most);
  CHECK(estimated_tokens({"m", 500}, most) == most / 2 + 1);
}
