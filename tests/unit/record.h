// A record: a text that a test writes of what the program answers, kept in a file beside the test. Every build must
// give the same lines; a change of an answer shows as a difference that its author reads and commits.
// CASCADE_TEST_ACCEPT=1 writes the file anew.
#pragma once

#include <catch2/catch.hpp>

#include <algorithm>
#include <fstream>
#include <string>
#include <vector>

#include "accepting.h"
#include "read_text.h"
#include "source_folder.h"
#include "text_lines.h"

namespace cascade::test {

// `name`: of the file in tests/unit.
inline void check_record(const std::string& name, const std::string& record) {
  const std::string path = test::source_folder() + "/tests/unit/" + name;
  if (is_accepting()) std::ofstream(path, std::ios::binary) << record;
  const std::vector<std::string> was = lines_of(read_text(path)), now = lines_of(record);
  INFO("tests/unit/" << name << "; CASCADE_TEST_ACCEPT=1 writes it anew");
  CHECK(was.size() == now.size());
  for (std::size_t i = 0; i < std::min(was.size(), now.size()); ++i) CHECK(now[i] == was[i]);
}

}  // namespace cascade::test
