'use strict';
/* The fixed texts of the page in both languages. Everything else comes with the data. */

const WORDS = {
  skip: { en: 'Skip to the table', vi: 'Đến bảng số liệu' },
  language: { en: 'Language', vi: 'Ngôn ngữ' },
  print: { en: 'Print', vi: 'In bản đồ' },
  map: { en: 'Map', vi: 'Bản đồ' },
  wholeMap: { en: 'Show the whole map', vi: 'Xem toàn bản đồ' },
  zoomIn: { en: 'Zoom in', vi: 'Phóng to' },
  zoomOut: { en: 'Zoom out', vi: 'Thu nhỏ' },
  close: { en: 'Close', vi: 'Đóng' },
  attributes: { en: 'Attributes', vi: 'Thuộc tính' },
  summary: { en: 'Legend, figures and notes', vi: 'Chú giải, số liệu và ghi chú' },

  legend: { en: 'Legend', vi: 'Chú giải' },
  show: { en: 'Show on the map', vi: 'Hiện trên bản đồ' },
  colourBy: { en: 'Colour by', vi: 'Tô màu theo' },
  drawnOf: { en: '{0} of {1} drawn', vi: 'vẽ {0} trên {1}' },
  alike: { en: 'all alike', vi: 'một màu' },

  zones: { en: 'Zones', vi: 'Các vùng' },
  hectares: { en: 'ha', vi: 'ha' },
  otherGroups: { en: '{0} other groups', vi: '{0} nhóm khác' },
  noGroup: { en: 'not stated', vi: 'không ghi' },
  bands: { en: 'Land by distance from the corridors', vi: 'Diện tích theo khoảng cách tới hành lang' },
  bandsHint: {
    en: 'Distance from {0}; a zone counts in each band where it has land.',
    vi: 'Khoảng cách tới {0}; mỗi vùng được đếm ở mọi dải có đất của nó.'
  },
  beyondEdge: { en: 'Beyond {0}', vi: 'Ngoài {0}' },
  verdicts: { en: 'Verdicts on the siting rules', vi: 'Kết quả kiểm tra theo quy tắc' },
  uncertainHint: {
    en: '“Uncertain”: the margin is smaller than the accuracy of the places.',
    vi: '“Chưa đủ căn cứ”: chênh lệch nhỏ hơn độ chính xác của vị trí.'
  },
  plan: { en: 'Targets of the plan', vi: 'Chỉ tiêu quy hoạch' },
  asOf: { en: 'As of {0}', vi: 'Tính đến ngày {0}' },
  gap: { en: 'gap {0}', vi: 'còn thiếu {0}' },
  asked: { en: '{0} of {1}', vi: '{0} trên {1}' },
  noTarget: { en: '{0}, no threshold', vi: '{0}, không có ngưỡng' },

  table: { en: 'Table', vi: 'Bảng số liệu' },
  search: { en: 'Search', vi: 'Tìm kiếm' },
  searchHint: { en: 'with or without accents', vi: 'có dấu hoặc không dấu' },
  layer: { en: 'Layer', vi: 'Lớp' },
  allZones: { en: 'all zones', vi: 'tất cả' },
  category: { en: 'Category', vi: 'Nhóm' },
  allCategories: { en: 'all', vi: 'tất cả' },
  sortBy: { en: 'Sort by', vi: 'Sắp xếp theo' },
  asGiven: { en: 'order of the file', vi: 'thứ tự trong tệp' },
  allColumns: { en: 'all columns', vi: 'mọi cột' },
  rows: { en: '{0} of {1} rows', vi: '{0} trên {1} dòng' },
  notThere: { en: '{0} features are not in the table', vi: '{0} đối tượng không có trong bảng' },
  rowsAll: { en: '{0} rows', vi: '{0} dòng' },
  noRows: { en: 'No row matches. Clear the search or the filter.',
            vi: 'Không có dòng nào phù hợp. Hãy xóa từ tìm kiếm hoặc bộ lọc.' },
  printedRows: { en: 'The first {0} of {1} rows are printed.', vi: 'In {0} dòng đầu trên {1} dòng.' },
  ascending: { en: 'ascending', vi: 'tăng dần' },
  descending: { en: 'descending', vi: 'giảm dần' },
  tableHint: {
    en: 'Arrow keys move, Enter selects, Escape closes.',
    vi: 'Phím mũi tên để di chuyển, Enter để chọn, Escape để đóng.'
  },

  caution: { en: 'What these figures allow', vi: 'Số liệu này cho phép kết luận gì' },
  notes: { en: 'Method and sources', vi: 'Phương pháp và nguồn' },
  inputs: { en: 'Inputs', vi: 'Dữ liệu đầu vào' },
  features: { en: '{0} features', vi: '{0} đối tượng' },
  programs: { en: 'Made with', vi: 'Thực hiện bằng' },
  yes: { en: 'yes', vi: 'có' },
  no: { en: 'no', vi: 'không' },
  north: { en: 'N', vi: 'B' },
  unnamed: { en: 'no. {0}', vi: 'số {0}' }
};

const ROLES = {
  zones: { en: 'Zones', vi: 'Vùng' },
  bands: { en: 'Distance bands', vi: 'Dải khoảng cách' },
  corridors: { en: 'Corridors', vi: 'Hành lang' },
  points: { en: 'Points', vi: 'Điểm' },
  context: { en: 'Surroundings', vi: 'Nền' }
};

/* Names of columns that the tools and the example data use; others are shown as they are. */
const COLUMNS = {
  '#': { en: 'No.', vi: 'Số' },
  id: { en: 'ID', vi: 'Mã' },
  ref: { en: 'Ref.', vi: 'Ký hiệu' },
  name: { en: 'Name', vi: 'Tên' },
  ten: { en: 'Name', vi: 'Tên' },
  kind: { en: 'Kind', vi: 'Loại' },
  status: { en: 'Status', vi: 'Tình trạng' },
  is_new: { en: 'New', vi: 'Mới' },
  horizon: { en: 'Horizon', vi: 'Thời hạn' },
  plan_ha: { en: 'Planned area (ha)', vi: 'DT quy hoạch (ha)' },
  basis: { en: 'Basis', vi: 'Căn cứ' },
  geom_src: { en: 'Source of shape', vi: 'Nguồn hình' },
  pos_acc_m: { en: 'Accuracy of place (m)', vi: 'Độ chính xác (m)' },
  source: { en: 'Source', vi: 'Nguồn' },
  km_post: { en: 'Km post', vi: 'Lý trình (km)' },
  area_ha: { en: 'Area (ha)', vi: 'Diện tích (ha)' },
  perim_m: { en: 'Perimeter (m)', vi: 'Chu vi (m)' },
  near_id: { en: 'Nearest', vi: 'Gần nhất' },
  near_name: { en: 'Nearest corridor', vi: 'Hành lang gần nhất' },
  near_m: { en: 'Distance (m)', vi: 'Khoảng cách (m)' },
  near_azi: { en: 'Direction (°)', vi: 'Hướng (°)' },
  near_km: { en: 'Chainage (km)', vi: 'Lý trình (km)' },
  verdict: { en: 'Verdict', vi: 'Kết quả' },
  margin_m: { en: 'Margin (m)', vi: 'Chênh lệch (m)' },
  rule: { en: 'Deciding rule', vi: 'Quy tắc quyết định' },
  from_m: { en: 'From (m)', vi: 'Từ (m)' },
  to_m: { en: 'To (m)', vi: 'Đến (m)' },
  band: { en: 'Band', vi: 'Dải' }
};

/* Values of those columns that stand for a word. */
const VALUES = {
  verdict: {
    pass: { en: 'pass', vi: 'đạt' },
    fail: { en: 'fail', vi: 'không đạt' },
    uncertain: { en: 'uncertain', vi: 'chưa đủ căn cứ' },
    none: { en: 'no rule applies', vi: 'không có quy tắc' }
  },
  status: {
    operating: { en: 'operating', vi: 'đang hoạt động' },
    building: { en: 'under construction', vi: 'đang xây dựng' },
    planned: { en: 'planned', vi: 'quy hoạch' }
  },
  is_new: { 0: { en: 'no', vi: 'không' }, 1: { en: 'yes', vi: 'có' } }
};

/* As geo-plan says them. */
const PLAN_VERDICTS = {
  met: { en: 'met', vi: 'đạt' },
  short: { en: 'short', vi: 'chưa đạt' },
  open: { en: 'open', vi: 'chưa đến hạn' },
  'no data': { en: 'no data', vi: 'không có dữ liệu' },
  'no threshold': { en: 'no threshold', vi: 'không có ngưỡng' }
};

/* An own entry of a table of words: names come from the data, so "constructor" may be asked for. */
function lookUp(table, key)
{
  return Object.hasOwn(table, key) ? table[key] : null;
}

/* The language that is shown: one for the whole page. */
const language = { now: 'en' };

/* @return text of a pair {en, vi} in the language that is shown */
function inLanguage(pair)
{
  return pair[language.now];
}

/* @return fixed text by its key, with {0}, {1} filled */
function say(key, ...parts)
{
  return inLanguage(WORDS[key]).replace(/\{(\d)\}/g, (_, i) => parts[i]);
}
