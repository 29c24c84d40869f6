#include "client/user_place.h"

#include "client/names.h"
#include "files/paths.h"

namespace cascade::client {

UserPlace user_place(const std::string& home, const std::optional<std::string>& variable,
                     const std::string& directory) {
  UserPlace place;
  place.home = home;
  if (!home.empty()) {
    place.folder = files::join(home, own_folder::name);
    place.state = files::join(home, own_folder::state);
  }
  if (!variable) return place;
  const std::string folder = variable->empty() ? directory : files::join(directory, *variable);
  if (!files::is_absolute(folder)) return place;
  place.folder = files::normalise(folder);
  if (!variable->empty()) place.state = files::join(place.folder, own_folder::state);
  return place;
}

}  // namespace cascade::client
