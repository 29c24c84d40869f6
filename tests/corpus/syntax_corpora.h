// The six libraries of ../shared/corpora with their oracles, for tests that compare. They are not part of the
// repository: a test that finds none says so and passes.
#pragma once

#include "syntax/node.h"

#include <string>
#include <vector>

namespace cascade::corpus {

// One entry of an oracle.json. `path` is relative to the corpus, `text` the file's bytes.
struct Manifest {
  std::string corpus, path, text;
  syntax::Node oracle;  // the entry as a map
};

// Of every corpus, in the oracles' order; empty when ../shared is not there. Read once.
const std::vector<Manifest>& manifests();

// A string of the entry, or "".
std::string said(const Manifest& manifest, const std::string& key);

// True when a list of the entry (such as "problems") holds a string that begins with `prefix`.
bool says(const Manifest& manifest, const std::string& list, const std::string& prefix);

// ../shared beside the repository, with a slash at the end.
std::string shared_folder();

}  // namespace cascade::corpus
