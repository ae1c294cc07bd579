# A room is one CMake target with one include folder: core/<name>/include. A room sees the include folders
# named in USES and no others, so an arrow that is not drawn does not compile.

# Rooms of the SDK: compiled once into libmusubi_sdk.so (see MusubiSdk.cmake).
#   musubi_add_sdk_room(NAME SOURCES a.cpp ... [USES other ...] [LIBRARIES third::party ...])
function(musubi_add_sdk_room name)
  cmake_parse_arguments(ROOM "" "" "SOURCES;USES;LIBRARIES" ${ARGN})
  add_library(musubi_${name}_headers INTERFACE)
  target_include_directories(musubi_${name}_headers INTERFACE
    $<BUILD_INTERFACE:${CMAKE_CURRENT_SOURCE_DIR}/include> $<INSTALL_INTERFACE:include>)
  target_link_libraries(musubi_${name}_headers INTERFACE Boost::headers)
  foreach(other IN LISTS ROOM_USES)
    target_link_libraries(musubi_${name}_headers INTERFACE musubi_${other}_headers)
  endforeach()
  add_library(musubi_${name} INTERFACE)
  add_library(musubi::${name} ALIAS musubi_${name})
  target_link_libraries(musubi_${name} INTERFACE musubi_${name}_headers musubi_sdk)
  if(ROOM_SOURCES)
    add_library(musubi_${name}_objects OBJECT ${ROOM_SOURCES})
    target_link_libraries(musubi_${name}_objects PRIVATE musubi_${name}_headers musubi_compile_options ${ROOM_LIBRARIES})
    target_include_directories(musubi_${name}_objects PRIVATE ${CMAKE_CURRENT_SOURCE_DIR}/src)
    target_compile_definitions(musubi_${name}_objects PRIVATE MUSUBI_BUILDING_SDK)
    musubi_precompile(musubi_${name}_objects)
    set_property(GLOBAL APPEND PROPERTY MUSUBI_SDK_OBJECTS musubi_${name}_objects)
    set_property(GLOBAL APPEND PROPERTY MUSUBI_SDK_LIBRARIES ${ROOM_LIBRARIES})
  endif()
  set_property(GLOBAL APPEND PROPERTY MUSUBI_SDK_HEADER_TARGETS musubi_${name}_headers musubi_${name})
  set_property(GLOBAL APPEND PROPERTY MUSUBI_SDK_INCLUDE_FOLDERS ${CMAKE_CURRENT_SOURCE_DIR}/include/)
endfunction()

# Every other room: one static library.
# HEADERS are those that most of its sources share, beyond the usual ones (musubi_precompile).
#   musubi_add_room(NAME SOURCES a.cpp ... [USES other ...] [LIBRARIES third::party ...] [HEADERS <a.h> ...])
function(musubi_add_room name)
  cmake_parse_arguments(ROOM "" "" "SOURCES;USES;LIBRARIES;HEADERS" ${ARGN})
  add_library(musubi_${name} STATIC ${ROOM_SOURCES})
  add_library(musubi::${name} ALIAS musubi_${name})
  target_include_directories(musubi_${name}
    PUBLIC $<BUILD_INTERFACE:${CMAKE_CURRENT_SOURCE_DIR}/include> $<INSTALL_INTERFACE:include>
    PRIVATE ${CMAKE_CURRENT_SOURCE_DIR}/src)
  list(TRANSFORM ROOM_USES PREPEND musubi::)
  target_link_libraries(musubi_${name} PUBLIC ${ROOM_USES}
    PRIVATE $<BUILD_INTERFACE:musubi_compile_options> ${ROOM_LIBRARIES})
  musubi_precompile(musubi_${name} ${ROOM_HEADERS})
endfunction()
