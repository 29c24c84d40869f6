// Every row of src/lib/secrets/forms.tsv: its example is found and removed, its look-alike stays.
#include <catch2/catch.hpp>

#include <fstream>
#include <string>
#include <vector>

#include "secrets/find.h"
#include "secrets/words.h"
#include "source_folder.h"

namespace cascade::secrets {
namespace {

struct Row {
  std::string kind, mark, example, lookalike, source;
};

std::string unescaped(std::string text) {
  for (std::size_t at = text.find("\\n"); at != std::string::npos; at = text.find("\\n", at)) text.replace(at, 2, "\n");
  return text;
}

// The sign that breaks an example, so that no scanner takes the table for a leak.
std::string whole(std::string example) {
  const std::string sign = "\xC2\xA6";
  for (std::size_t at = example.find(sign); at != std::string::npos; at = example.find(sign)) example.erase(at, 2);
  return example;
}

std::vector<Row> rows() {
  std::vector<Row> all;
  std::ifstream in(test::source_folder() + "/src/lib/secrets/forms.tsv");
  for (std::string line; std::getline(in, line);) {
    if (line.empty() || line[0] == '#') continue;
    std::vector<std::string> cells;
    for (std::size_t at = 0; at <= line.size();) {
      const std::size_t end = std::min(line.find('\t', at), line.size());
      cells.push_back(line.substr(at, end - at));
      at = end + 1;
    }
    REQUIRE(cells.size() >= 14);
    all.push_back({cells[0], unescaped(cells[2]), unescaped(cells[11]), cells[12], cells[13]});
  }
  return all;
}

std::string certain(const std::string& text) {
  std::string kinds;
  for (const Secret& secret : find_certain(text)) kinds += (kinds.empty() ? "" : " ") + std::string(secret.kind);
  return kinds;
}

}  // namespace

TEST_CASE("the example of each form is reported and removed") {
  const std::vector<Row> all = rows();
  REQUIRE(all.size() == forms().size());
  REQUIRE(all.size() >= 145);
  for (const Row& row : all) {
    const std::string secret = whole(row.example);
    for (const std::string& text :
         {secret, "The key is " + secret + ".", "KEY=\"" + secret + "\"\n", "`" + secret + "`"}) {
      INFO(text);
      CHECK(certain(text) == row.kind);
      const Redacted without = redacted(text);
      CHECK(without.text.find("[secret removed: ") != std::string::npos);
      // Nothing of what follows the mark is left.
      const std::string rest = secret.substr(secret.find(row.mark) + row.mark.size());
      for (std::size_t at = 0; at + 8 <= rest.size(); ++at)
        CHECK(without.text.find(rest.substr(at, 8)) == std::string::npos);
    }
    CHECK(masked(secret).size() == secret.size());
    CHECK(certain(masked(secret)).empty());
  }
}

TEST_CASE("the look-alike of each form stays") {
  for (const Row& row : rows()) {
    for (const std::string& text : {row.lookalike, "see " + row.lookalike + " there"}) {
      INFO(row.kind << ": " << text);
      CHECK(certain(text).empty());
      CHECK(redacted(text).text == text);
    }
  }
}

TEST_CASE("an example with its sign in it is no secret to a scanner") {
  for (const Row& row : rows()) {
    INFO(row.example);
    CHECK(certain(row.example).empty());
    CHECK_FALSE(row.source.empty());
  }
}

TEST_CASE("ids, digests and names of variables are no secrets of any form") {
  for (const std::string text : {
           "commit 4f2a9c1b7d8e6f5a3b2c1d0e9f8a7b6c5d4e3f2a",
           "sha256:9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08",
           "sha512-Z5fUoLkbZQ3n0pYVqJ1mXw8vRtEeKcBhNdSgAuWyFxTi7rP2oQl4MjHs9zCkDbGaVnUwXeYfIt6RpLq3Ov5KA==",
           "550e8400-e29b-41d4-a716-446655440000",
           "token: $GITHUB_TOKEN",
           "export STRIPE_KEY=${STRIPE_KEY:-sk_test_your_key}",
           "ghp_... and sk-ant-... and AKIA...",
           "uses actions/checkout@8f4b7f84864484a7bf31766abe9204da3cbe65b3",
       }) {
    INFO(text);
    CHECK(certain(text).empty());
    CHECK(redacted(text).text == text);
  }
}

TEST_CASE("letters alone after a mark are a token when no word is as long") {
  CHECK(certain("hf" + std::string("_QzkWmTbYxRvNcPdLsGhJfKaEuQoIwMtBnV") + " loads it") == "huggingface");
  CHECK(certain("hf_hub_download_with_revision") == "");
}

TEST_CASE("a number that counts up is no sign of an invented token, letters that do are one") {
  CHECK(certain("xoxe" + std::string("-1234567890-QkWmTbYxRvNcPdLs99")) == "slack");
  CHECK(certain("xoxe-1234567890-abcdefghijklmnop") == "");
}

TEST_CASE("a short mark within a picture in base64, and one line of a key before a sentence, are none") {
  const std::string password =
      "AP" + std::string("iC3FijD84cch0cbbgEC8ChgFDicBdjj8cgfa17bik79g207A4e0hg8CbDiggBCBbA33dDDgF");
  const std::string picture = "J86nyd+ASZ9MCeQXLBFkCISkiLR2J1LwfruKdfn3lETgYyEjLkf54pn6HyBSC7WFa8Xe8K5eAxamFwF+";
  CHECK(certain("password " + password) == "artifactory");
  CHECK(certain(picture + password + picture.substr(1)) == "");
  const std::string key = "-----BEGIN RSA " + std::string("PRIVATE KEY-----\n> ") + picture.substr(8, 64);
  CHECK(certain("> " + key + "\n> Can you review the file?") == "");
  CHECK(certain("> " + key + "\n> " + picture + "\n> " + picture) != "");
}

TEST_CASE("a text of marks without a blank is read in linear time") {
  std::string text;
  while (text.size() < 1'000'000) text += "SG.hvs.dp.pt.hooks.slack.com/services/";
  CHECK(find_certain(text).size() < 100);
  std::string keys;
  while (keys.size() < 1'000'000) keys += "-----BEGIN PRIVATE KEY-----";
  CHECK(find_certain(keys).empty());
  std::string addresses;
  while (addresses.size() < 1'000'000) addresses += "://";
  CHECK(find_certain(addresses).empty());
}

}  // namespace cascade::secrets
