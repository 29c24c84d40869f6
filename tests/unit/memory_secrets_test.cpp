// The secrets are made while the test runs: none of them stands in this file.
#include <catch2/catch.hpp>

#include <string>
#include <vector>

#include "memory/secrets.h"

using cascade::memory::without_secrets;

namespace {

constexpr const char* letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";
constexpr const char* upper = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
constexpr const char* hex = "0123456789abcdef";

struct Maker {
  std::uint64_t state = 20'261'121;
  std::string some(const std::string& alphabet, std::size_t count) {
    std::string text;
    for (std::size_t i = 0; i < count; ++i) {
      state = state * 6'364'136'223'846'793'005ULL + 1'442'695'040'888'963'407ULL;
      text += alphabet[(state >> 33) % alphabet.size()];
    }
    return text;
  }
};

struct Planted {
  std::string text, secret;
};

std::vector<Planted> planted() {
  Maker make;
  std::vector<Planted> all;
  const auto plant = [&](const std::string& before, const std::string& secret, const std::string& after) {
    all.push_back({before + secret + after, secret});
  };
  for (int round = 0; round < 3; ++round) {
    plant("pushes with ", "ghp" + std::string("_") + make.some(letters, 36), ".");
    plant("token ", std::string("github") + "_pat_" + make.some(letters, 22) + "_" + make.some(letters, 59),
          " expires");
    plant("uses ", std::string("gl") + "pat-" + make.some(letters, 20), " from the mirror");
    plant("key id ", "AK" + std::string("IA") + make.some(upper, 16), "");
    plant("with ", make.some(std::string(letters) + "+/", 40), " as the secret part");
    plant("maps: ", "AI" + std::string("za") + make.some(letters, 35), ", 2,500 calls");
    plant("posted by ", "xo" + std::string("xb-") + make.some(hex, 12) + "-" + make.some(letters, 24), "");
    plant("https://hooks.slack.com/services/T01234567/B01234567/", make.some(letters, 24), " in #x");
    plant("charges with ", "sk" + std::string("_live_") + make.some(letters, 24), " yearly");
    plant("mail: ", "S" + std::string("G.") + make.some(letters, 22) + "." + make.some(letters, 43), "");
    plant("registry ", "npm" + std::string("_") + make.some(letters, 36), " in CI");
    plant("wiki robot ", "pypi" + std::string("-AgEIcHlwaS5vcmc") + make.some(letters, 80), "");
    plant("vault ", "hv" + std::string("s.CAES") + make.some(letters, 40), "");
    plant("ops ", "dop" + std::string("_v1_") + make.some(hex, 64), "");
    plant("identity ", "AGE-" + std::string("SECRET-KEY-1") + make.some(upper, 58), "");
    plant("postgres://report:", make.some(letters, 18), "@pg.example:5432/main");
    plant("eyJhbGciOiJIUzI1NiJ9.eyJzdWIi", make.some(letters, 30) + "." + make.some(letters, 43), " lasts an hour");
    plant("with auth token ", make.some(hex, 32), " of the account");
    plant("-----BEGIN EC " + std::string("PRIVATE KEY-----\n"), make.some(letters, 64) + "\n" + make.some(letters, 20),
          "\n-----END EC PRIVATE KEY-----");
    plant("the password is ", make.some(letters, 6) + "7!" + make.some(letters, 4), " for now");
  }
  return all;
}

}  // namespace

TEST_CASE("60 planted secrets of 20 kinds: none is left, and what stands around them stays") {
  const std::vector<Planted> all = planted();
  REQUIRE(all.size() == 60);
  for (const Planted& one : all) {
    const auto redacted = without_secrets(one.text);
    INFO(one.text << " -> " << redacted.text);
    CHECK_FALSE(redacted.kinds.empty());
    for (std::size_t at = 0; at + 12 <= one.secret.size(); ++at)
      if (one.secret.find('-', at) >= at + 12)
        CHECK(redacted.text.find(one.secret.substr(at, 12)) == std::string::npos);
    CHECK(redacted.text.find(one.secret) == std::string::npos);
    CHECK(redacted.text.find("[secret removed: ") != std::string::npos);
  }
}

TEST_CASE("secrets of today's services, of commands and of other languages are found") {
  Maker make;
  const std::vector<Planted> all = {
      {"maps: AQ." + std::string("Ab8"), make.some(letters, 45)},
      {"tenant: x1Z8", "Q" + std::string("~") + make.some(letters, 34)},
      {"SECRET_KEY = 'django-" + std::string("insecure-"),
       make.some(letters, 20) + "!*i9&=%q(" + make.some(letters, 20)},
      {"mysql -u root -p", make.some(letters, 10) + "7!"},
      {"curl -u deploy:", make.some(letters, 9) + "42"},
      {"the PIN of the safe is ", "859286"},
      {"das Kennwort lautet ", "Regen#Tonne7"},
      {"la contraseña es ", "Luna!verde88"},
      {"mot de passe : ", "Pluie+Toit42"},
      {"the password for the box is ", "correct-horse-battery"},
      {"SECRET_KEY_BASE=", make.some(hex, 64)},
      {"AAAAx1b2c3d:APA" + std::string("91b"), make.some(letters, 134)},
      {"traces to lsv2" + std::string("_pt_"), make.some(hex, 32) + "_" + make.some(hex, 10)},
  };
  for (const Planted& one : all) {
    const auto redacted = without_secrets(one.text + one.secret);
    INFO(one.text << one.secret << " -> " << redacted.text);
    CHECK(redacted.text.find(one.secret) == std::string::npos);
    CHECK(redacted.text.find("[secret removed: ") != std::string::npos);
  }
}

TEST_CASE("what only resembles a secret stays") {
  for (const char* const text :
       {"Secrets are sealed with sops and age in ops/secrets",
        "The password policy asks for 12 characters",
        "commit 4f2a9c1b7d8e6f5a3b2c1d0e9f8a7b6c5d4e3f2a broke it",
        "use node-linker=hoisted and pnpm-lock.yaml",
        "https://go.example/t/<code>",
        "the token expires after 30 days",
        "ssh://git@host.example/app.git",
        "FooBarBazQuxFactoryBeanConfiguration is generated",
        "decode_sentence_fuzz_regression_test_2024 is flaky",
        "the image is registry.example/team/app:2025.07.3-alpine",
        "set PASSWORD_MIN_LENGTH=12",
        "trace id 4bf92f3577b34da6a3ce929d0e0e4736 in the log",
        "see ADR-0042-use-postgres-for-jobs.md",
        "tests/fixtures/AccountStatementParserTest2024Q3.java",
        "class HttpClientRetryPolicyFactoryBeanConfigurationV2",
        "https://git.example/a/b/blob/4f2a9c1b7d8e6f5a3b2c1d0e9f8a7b6c5d4e3f2a/src/Main.java#L42",
        "the pin on 3.9.2 is lifted",
        "docker run -u 1000:1000 app",
        "GPIO pin 13 is the lamp",
        "the etag is 4f2a9c1b7d8e6f5a3b2c1d0e9f8a7b6c"}) {
    INFO(text);
    CHECK(without_secrets(text).text == text);
  }
}
