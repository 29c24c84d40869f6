#include "cli/arguments.h"

#include <catch2/catch.hpp>
#include <sstream>

namespace cascade::cli {
namespace {

// "verb [words] options", or the fault's message.
std::string read(const std::string& text) {
  std::istringstream in(text);
  std::vector<std::string> arguments;
  for (std::string word; in >> word;) arguments.push_back(word);
  const CommandLine line = read_command_line(arguments);
  if (line.fault) return line.fault->message;
  std::string out = line.verb + " [";
  for (const std::string& word : line.words) out += (out.back() == '[' ? "" : " ") + word;
  out += "]";
  for (const std::string& root : line.options.roots) out += " root=" + root;
  if (line.options.default_roots) out += " default";
  if (line.options.format) out += " format=" + *line.options.format;
  if (!line.options.model.empty()) out += " model=" + line.options.model;
  if (line.options.freshness) out += " freshness=" + std::to_string(static_cast<int>(*line.options.freshness));
  if (line.options.quiet) out += " quiet";
  if (line.options.timings) out += " timings";
  if (line.options.help) out += " help";
  return out;
}

}  // namespace

TEST_CASE("global options may stand before or after the verb") {
  CHECK(read("--root lib list --kind skill") == "list [--kind skill] root=lib");
  CHECK(read("list --kind skill --root lib") == "list [--kind skill] root=lib");
  CHECK(read("--quiet list --timings x") == "list [x] quiet timings");
}

TEST_CASE("roots are repeatable and default is one of them") {
  CHECK(read("--root a --root=b --root default list") == "list [] root=a root=b default");
}

TEST_CASE("human is another word for text") { CHECK(read("list --format human") == "list [] format=text"); }

TEST_CASE("behind two dashes every word is the verb's") {
  CHECK(read("search -- --root x") == "search [-- --root x]");
  CHECK(read("-- list") == "list []");
}

TEST_CASE("a verb's own options are left to it") {
  CHECK(read("bundle review --budget 100 -x") == "bundle [review --budget 100 -x]");
}

TEST_CASE("an option without its value is misuse") {
  CHECK(read("list --root") == "--root needs a value");
  CHECK(read("list --format=") == "--format needs a value");
  CHECK(read("--freshness soon list") == "unknown freshness 'soon'");
}

TEST_CASE("an unknown option before the verb names the nearest") {
  CHECK(read("--rot x list") == "unknown option '--rot'; did you mean '--root'?");
  CHECK(read("--zzzzzz list") == "unknown option '--zzzzzz' before the verb");
}

TEST_CASE("help is an option of every verb") { CHECK(read("list --help") == "list [] help"); }

}  // namespace cascade::cli
