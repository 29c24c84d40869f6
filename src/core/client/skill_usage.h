// How often the client thinks each skill is used: `skillUsage` in its state file (client 2.1.328).
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <string_view>

#include "client/user_place.h"
#include "files/tree.h"

namespace cascade::client {

class SkillUsage {
 public:
  SkillUsage() = default;
  // `now`: seconds since 1970. The weight of a use halves with every week since the last one, down to one tenth.
  static SkillUsage read(const files::Tree& tree, const UserPlace& user, std::int64_t now);

  std::uint64_t score(std::string_view skill) const noexcept;  // 0: not used; in millionths of a use today

 private:
  std::map<std::string, std::uint64_t, std::less<>> scores_;
};

}  // namespace cascade::client
