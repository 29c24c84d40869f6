# Compiles for macOS on Linux with the tools and libraries that scripts/macos puts into build/macos. CASCADE_PROCESSOR is
# aarch64 or x86_64. On a Mac nothing of this is needed.
set(CMAKE_SYSTEM_NAME Darwin)
set(CMAKE_SYSTEM_VERSION 20)  # macOS 11
set(CMAKE_SYSTEM_PROCESSOR ${CASCADE_PROCESSOR})
list(APPEND CMAKE_TRY_COMPILE_PLATFORM_VARIABLES CASCADE_PROCESSOR)
get_filename_component(macos ${CMAKE_CURRENT_LIST_DIR}/../build/macos ABSOLUTE)
set(CMAKE_C_COMPILER ${macos}/tools/${CASCADE_PROCESSOR}-cc)
set(CMAKE_CXX_COMPILER ${macos}/tools/${CASCADE_PROCESSOR}-c++)
set(CMAKE_AR ${macos}/tools/ar CACHE FILEPATH "")
set(CMAKE_RANLIB ${macos}/tools/ranlib CACHE FILEPATH "")
# What CMake would find out with an option that zig's linker does not know.
foreach(language IN ITEMS C CXX)
  set(CMAKE_${language}_ABI_COMPILED TRUE)
  set(CMAKE_${language}_SIZEOF_DATA_PTR 8)
endforeach()
# The headers of the system are zig's, and so is the least version that the program runs on.
set(CMAKE_OSX_SYSROOT "")
set(CMAKE_OSX_DEPLOYMENT_TARGET "" CACHE STRING "")
set(CMAKE_FIND_ROOT_PATH ${macos}/${CASCADE_PROCESSOR}-root)
set(CMAKE_CXX_FLAGS_INIT "-isystem ${macos}/${CASCADE_PROCESSOR}-root/include")
# Else zig writes where the objects of its own libraries lay into the program, for a debugger: paths of this machine.
set(CMAKE_EXE_LINKER_FLAGS_INIT -s)
set(CMAKE_FIND_ROOT_PATH_MODE_PROGRAM NEVER)
set(CMAKE_FIND_ROOT_PATH_MODE_LIBRARY ONLY)
set(CMAKE_FIND_ROOT_PATH_MODE_INCLUDE ONLY)
set(CMAKE_FIND_ROOT_PATH_MODE_PACKAGE ONLY)
