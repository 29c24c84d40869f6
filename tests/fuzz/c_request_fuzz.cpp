// Requests of the C interface of any bytes: each call answers with a code and a JSON document, or a message; no
// exception passes.
#include <cascade/cascade.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <string>

#include "syntax/json.h"

namespace {

void check_answer(int code, char* answer) {
  if (answer == nullptr || cascade_code_name(code) == nullptr) std::abort();
  const std::string text = answer;
  cascade_free(answer);
  if (code != CASCADE_OK && code != CASCADE_NO) {
    if (text.empty()) std::abort();  // the message
    return;
  }
  cascade::syntax::NodeLimits limits;
  limits.bytes = text.size() + 1;
  limits.nodes = 1'000'000;
  if (!cascade::syntax::parse_json(text, limits).complete) std::abort();
}

// A small library on disk, opened once.
class Library {
 public:
  Library() {
    if (::mkdtemp(path_.data()) == nullptr) std::abort();
    std::filesystem::create_directories(path_ + "/skills/heap-hunt");
    std::ofstream(path_ + "/skills/heap-hunt/SKILL.md") << "---\nname: heap-hunt\ndescription: Proves a memory leak. "
                                                           "Use when the heap grows.\n---\n\n## Steps\n\nRun it.\n";
    char* answer = nullptr;
    if (cascade_open(("{\"roots\": [\"" + path_ + "\"]}").c_str(), &workspace, &answer) != CASCADE_OK) std::abort();
    cascade_free(answer);
  }
  Library(const Library&) = delete;
  Library& operator=(const Library&) = delete;
  ~Library() {
    cascade_close(workspace);
    std::filesystem::remove_all(path_);
  }
  cascade_workspace* workspace = nullptr;

 private:
  std::string path_ = (std::filesystem::temp_directory_path() / "cascade-fuzz-XXXXXX").string();
};

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  static Library library;
  const std::string request(reinterpret_cast<const char*>(data), size);
  for (auto* call : {cascade_route, cascade_resolve, cascade_bundle}) {
    char* answer = nullptr;
    const cascade_code code = call(library.workspace, request.c_str(), &answer);
    check_answer(code, answer);
  }
  return 0;
}
