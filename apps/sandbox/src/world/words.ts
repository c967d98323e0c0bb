/** Plain words for the names of made-up people; none of them says anything about anybody. */
export const QUALITIES =
  'amber brisk calm clear copper coral crisp dapper early eager fern gentle golden hazel honest indigo ivory jolly keen kind lively lucky mellow merry mild misty modest mossy noble olive patient pearl plain polite quick quiet ready rosy rustic sandy silver simple sleepy snowy sober soft steady stony sunny swift tidy timber umber velvet vivid warm wide willow windy young zesty'.split(
    ' ',
  );
export const THINGS =
  'acorn alder anchor apple arrow aster badger basil beacon birch bridge brook bramble canoe cedar chalk cherry clover comet cricket daisy dune ember falcon fennel finch fjord garnet ginger grove harbor hazelnut heron ibis inlet ivy juniper kettle kite lantern lark lemon lichen linden maple marble marsh meadow mint moth nettle oak orchard otter owl paddle pebble pepper pine plum poplar quartz quill raven reed robin saddle sage sparrow spruce stone swallow thistle thyme tulip turnip violet walnut wren yarrow'.split(
    ' ',
  );
export const GIVEN_NAMES =
  'Ada Alma Amir Anouk Arjun Aya Bela Bruno Carla Cem Clara Dana Dario Edda Elif Emil Enzo Esther Fatima Femi Fiona Gita Hanna Hugo Ida Ines Ivo Jana Jonas Jun Kaia Karim Lars Lea Lena Levi Lina Luca Mae Malik Marta Mina Nadia Nils Noor Olga Omar Otto Pia Priya Rafa Remi Rosa Samir Sana Selma Sofia Tariq Teo Tove Uma Vera Wanda Yara Yusuf Zoe'.split(
    ' ',
  );
