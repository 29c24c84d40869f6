// Names of code in a section, and where they are found again.
#include <catch2/catch.hpp>

#include "usage/signs.h"

using namespace cascade::usage;

namespace {

std::string joined(const std::vector<std::string>& names) {
  std::string text;
  for (const std::string& name : names) text += name + ";";
  return text;
}

std::string found(const std::string& section, const std::string& text) {
  std::vector<std::uint64_t> hashes;
  for (const std::string& name : identifiers_of(section)) hashes.push_back(hash_of_identifier(name));
  std::vector<std::string> names;
  find_identifiers(text, PhraseSet(hashes), names);
  return joined(names);
}

}  // namespace

TEST_CASE("names between backticks are those with the form of a name, and plain words that may be a library") {
  CHECK(joined(identifiers_of("Borrow twice by `slice.split_at_mut(3)`, label by `aria-describedby`.")) ==
        "aria-describedby;split_at_mut;");
  CHECK(joined(identifiers_of("Read it with `polars`, not `pandas`; a `useEffect` is `null`.")) ==
        "pandas;polars;useEffect;");
  CHECK(joined(identifiers_of("A well-known thing without marks, `node_modules` and `import`.")).empty());
  CHECK(joined(identifiers_of("```py\nmy_table = 1\n```")).empty());
}

TEST_CASE("a name is found wherever it stands, a plain word only where a library is taken in") {
  CHECK(found("`split_at_mut`", "let (a, b) = v.split_at_mut(mid);") == "split_at_mut;");
  CHECK(found("`split_at_mut`", "let (a, b) = v.split_at_mut_unchecked(mid);").empty());
  CHECK(found("`polars`", "import polars as pl") == "polars;");
  CHECK(found("`polars`", "const db = require('polars')") == "polars;");
  CHECK(found("`polars`", "# polars are bears").empty());
  CHECK(found("`aria-describedby`", "<input aria-describedby=\"hint\">") == "aria-describedby;");
}

TEST_CASE("images, settings and types of columns are found where they are written") {
  CHECK(found("Start from `gcr.io/distroless/static`.", "FROM gcr.io/distroless/static:nonroot") ==
        "gcr.io/distroless/static;");
  CHECK(found("Start from `gcr.io/distroless/static`.", "FROM gcr.io/distroless/static-debian12 AS run") ==
        "gcr.io/distroless/static;");
  CHECK(found("Start from `gcr.io/distroless/static`.", "FROM gcr.io/distroless/base:nonroot").empty());
  CHECK(found("Set `GOMEMLIMIT`.", "  GOMEMLIMIT: 900MiB") == "GOMEMLIMIT;");
  CHECK(found("Write it to the `CHANGELOG`.", "CHANGELOG").empty());
  CHECK(found("Use `timestamptz`.", "  created_at timestamptz not null,") == "timestamptz;");
  CHECK(found("Use `timestamptz`.", "timestamptz is a type").empty());
  CHECK(found("See `docs/adr/one.md`.", "docs/adr/one.md").empty());
}

TEST_CASE("a text holds a name as a whole only") {
  CHECK(has_identifier("x.split_at_mut(2)", "split_at_mut"));
  CHECK_FALSE(has_identifier("x.split_at_mut_unchecked(2)", "split_at_mut"));
  CHECK_FALSE(has_identifier("", "split_at_mut"));
}
