//! Which heading fills which field: the usual names in the exports of Taobao, Pinduoduo, JD,
//! Douyin, Kuaishou, WooCommerce and Shopify, and in lists people make themselves. Only whole
//! headings are recognised; what is not is left to the person, once per set of headings.

use crate::view::Column;
use sha2::{Digest, Sha256};

/// Fields a file must have.
pub const NEEDED: [Column; 3] = [Column::Number, Column::Name, Column::Detail];

/// Columns whose values are about a person: never quoted in a report.
pub(super) const PERSONAL: [Column; 10] = [
    Column::Name,
    Column::Phone,
    Column::Phone2,
    Column::Province,
    Column::City,
    Column::District,
    Column::Detail,
    Column::Note,
    Column::Postcode,
    Column::Email,
];

/// Headings in plain form (see [`plain`]), the better ones first. Fields higher up choose first, so
/// that Shopify's "Name", which is the order number beside "Shipping Name", is left for it.
#[rustfmt::skip]
const HEADINGS: [(Column, &[&str]); 34] = [
    (Column::Name, &[
        "收货人姓名", "收件人姓名", "收货人", "收件人", "收货人名称", "收件人名称", "客户姓名", "收货姓名", "收件姓名",
        "买家姓名", "姓名", "fullname(shipping)", "shippingname", "shippingfullname", "recipientname",
        "recipient",
        "receivername", "receiver", "consignee", "consigneename", "shipto", "fullname",
        "customername", "name",
    ]),
    (Column::Number, &[
        "订单编号", "订单号", "主订单编号", "主订单号", "平台订单号", "原始单号", "网店订单号", "外部订单号", "交易编号",
        "交易号", "订单id", "订单sn", "单号", "orderno", "orderno.", "ordernumber", "orderid", "ordersn",
        "order#",
        "order", "number", "no", "name",
    ]),
    (Column::Phone, &[
        "联系手机", "收货人手机", "收件人手机", "收货人手机号", "收件人手机号", "收货人手机号码", "收件人手机号码",
        "收件人电话", "收货人电话", "收货人联系方式", "收件人联系方式", "手机号码", "手机号", "手机", "收货手机",
        "收货电话", "收件电话", "联系方式", "联系电话", "电话号码", "电话", "phone(shipping)", "shippingphone",
        "phone(billing)", "billingphone", "recipientphone", "receiverphone", "mobile",
        "mobilephone", "phonenumber",
        "telephone", "tel", "phone",
    ]),
    (Column::Phone2, &[
        "联系电话", "固定电话", "固话", "座机", "收货人固话", "收货人电话", "收件人电话", "备用电话", "电话2", "电话",
        "phone(billing)", "billingphone", "phone2", "tel", "telephone",
    ]),
    (Column::Province, &[
        "省", "省份", "收货省份", "收货省", "收件省", "收件省份", "收货人省份", "收件人省份", "省/直辖市", "所在省",
        "statename(shipping)", "state(shipping)", "shippingprovincename", "shippingstate",
        "shippingprovince",
        "province", "state", "provincename",
    ]),
    (Column::City, &[
        "市", "城市", "收货城市", "收货市", "收件市", "收件城市", "收货人城市", "收件人城市", "所在市", "地级市",
        "city(shipping)", "shippingcity", "city", "cityname", "town",
    ]),
    (Column::District, &[
        "区", "区县", "区/县", "县", "县区", "县/区", "地区", "收货地区", "收货区", "收货区县", "收件区", "收件区县", "收件地区",
        "收货人区县", "收件人区县", "区域", "district(shipping)", "shippingdistrict", "district", "county",
        "area",
        "districtname",
    ]),
    (Column::Detail, &[
        "详细地址", "收货详细地址", "收件详细地址", "收货人详细地址", "收件人详细地址", "收货地址", "收件地址",
        "收货人地址", "收件人地址", "客户地址", "街道地址", "地址", "完整地址", "address1&2(shipping)",
        "address1(shipping)", "address(shipping)", "shippingaddress", "shippingstreet",
        "shippingaddress1",
        "address1", "street", "detail", "addressline1", "fulladdress", "address",
    ]),
    (Column::Shop, &[
        "店铺名称", "店铺", "店铺名", "网店名称", "网店", "所属店铺", "来源店铺", "商家名称", "shopname", "shop", "storename",
        "store", "vendor",
    ]),
    (Column::PaidAt, &[
        "订单付款时间", "支付时间", "付款时间", "支付完成时间", "付款确认时间", "成交时间", "paiddate", "paidat", "datepaid",
        "paymentdate", "payat", "订单支付时间", "下单时间", "订单创建时间", "订单提交时间", "创建时间", "orderdate",
        "createdat", "date",
    ]),
    (Column::Goods, &[
        "宝贝标题", "商品名称", "商品标题", "商品", "选购商品", "货品标题", "货品名称", "产品名称", "产品标题", "品名", "宝贝名称",
        "商品信息", "物品名称", "物品", "货品", "itemname", "productname", "lineitemname", "goodsname",
        "item", "product", "goods",
        "title", "sku名称", "productname(main)",
    ]),
    (Column::Quantity, &[
        "宝贝总数量", "商品数量(件)", "商品数量", "订购数量", "购买数量", "成交数量", "宝贝数量", "货品数量", "产品数量", "件数",
        "数量", "数量(件)", "总件数", "quantity(refund)", "lineitemquantity", "quantity", "qty", "pieces",
        "count",
    ]),
    (Column::WeightG, &[
        "重量(克)", "商品重量(克)", "重量(g)", "商品重量(g)", "总重量(g)", "总重量(克)", "重量g", "重量克", "克重",
        "weight(g)", "weightg", "weightingrams", "grams", "weightgrams", "lineitemgrams",
    ]),
    (Column::WeightKg, &[
        "重量(kg)", "重量(千克)", "重量(公斤)", "商品重量(kg)", "商品重量(千克)", "总重量(kg)", "总重量(千克)", "包裹重量(kg)",
        "重量kg", "weight(kg)", "weightkg", "totalweight(kg)",
    ]),
    (Column::Note, &[
        "买家留言", "买家备注", "用户备注", "客户备注", "客户留言", "留言", "订单备注", "备注", "商家备注", "卖家备注", "customernote",
        "buyernote", "buyermessage", "notes", "note", "remark", "remarks", "memo", "comment",
    ]),
    // "付款方式" alone is how the shop was paid: 微信, 支付宝.
    (Column::PayBy, &[
        "运费付款方式", "运费支付方式", "快递付款方式", "邮费付款方式", "邮费支付方式", "快递费支付方式", "快递结算方式",
        "freightpayment", "freightpaidby", "freightpayer", "shippingpaidby",
    ]),
    (Column::Cod, &[
        "代收货款", "代收金额", "代收货款金额", "代收款", "代收货款(元)", "代收金额(元)", "货到付款金额", "到付货款", "cod",
        "codamount", "cod(cny)", "cashondelivery", "collectondelivery",
    ]),
    (Column::Insured, &[
        "保价金额", "保价", "声明价值", "保价声明价值", "保价金额(元)", "声明价值(元)", "投保金额", "报价金额", "insuredvalue",
        "insuredamount", "declaredvalue", "insurance",
    ]),
    // "件数" alone is pieces of goods.
    (Column::Parcels, &[
        "包裹数", "包裹数量", "包裹件数", "包裹个数", "件数(箱)", "箱数", "子母件数", "子单数量", "发货件数", "打包件数", "parcels",
        "parcelcount", "parcelqty", "numberofparcels", "packages", "packagecount",
        "numberofpackages", "boxes", "cartons",
    ]),
    (Column::VolumeCm3, &[
        "体积(立方厘米)", "体积(cm3)", "体积(cm³)", "总体积(cm3)", "总体积(立方厘米)", "volume(cm3)", "volumecm3",
    ]),
    (Column::VolumeM3, &[
        "体积", "总体积", "体积(立方米)", "体积(m3)", "体积(m³)", "体积(方)", "总体积(m3)", "总体积(立方米)", "volume",
        "volume(m3)", "volumem3",
    ]),
    (Column::Slip, &[
        "回单", "签回单", "签单返还", "签单返回", "是否回单", "是否签回单", "需要回单", "回单服务", "是否签单返还", "returnslip",
        "signedslip", "signback", "returnsignbill",
    ]),
    (Column::Country, &[
        "国家", "收货国家", "收件国家", "收件人国家", "目的国", "国家/地区", "收货国家/地区", "国家代码", "收件国家代码",
        "countrycode(shipping)", "country(shipping)", "shippingcountry", "shippingcountrycode",
        "recipientcountry", "destinationcountry", "countrycode", "country", "country/region",
    ]),
    (Column::Postcode, &[
        "邮编", "邮政编码", "收货邮编", "收件邮编", "收件人邮编", "邮政编号", "postcode(shipping)", "shippingzip",
        "shippingpostcode", "shippingpostalcode", "postcode", "postalcode", "zip", "zipcode",
        "zip/postalcode",
    ]),
    (Column::Email, &[
        "邮箱", "电子邮箱", "电子邮件", "收件人邮箱", "买家邮箱", "email(billing)", "email", "emailaddress",
        "recipientemail", "buyeremail",
    ]),
    (Column::English, &[
        "英文品名", "英文名称", "申报英文品名", "申报品名(英文)", "英文申报名", "商品英文名称", "englishname", "declaredname",
        "customsdescription", "description(english)", "goods(english)",
    ]),
    (Column::HsCode, &[
        "海关编码", "hs编码", "hscode", "hs", "海关编号", "商品海关编码", "tariffcode", "tariffnumber",
        "harmonizedcode",
    ]),
    (Column::Origin, &["原产国", "原产地", "countryoforigin", "origincountry", "madein"]),
    (Column::PieceValue, &[
        "申报单价", "单件申报价值", "申报价值", "单件申报金额", "customsvalue", "declaredunitvalue", "unitvalue",
    ]),
    (Column::Currency, &["申报币种", "币种", "货币", "currency", "customscurrency"]),
    (Column::PieceG, &[
        "单件重量(克)", "单件重量(g)", "单件申报重量(g)", "申报重量(g)", "unitweight(g)", "pieceweight(g)",
    ]),
    (Column::Sku, &[
        "商家编码", "商家sku编码", "sku商家编码", "规格商家编码", "规格编码", "sku编码", "skuid", "sku", "货号", "商品货号",
        "商品编码", "货品编码", "外部编码", "外部系统编号", "商品外部编码", "lineitemsku", "itemsku", "productsku",
        "variantsku", "sellersku", "merchantsku", "skucode", "itemcode", "productcode",
        "商品编号", "产品编码",
    ]),
    (Column::Barcode, &[
        "条码", "条形码", "商品条码", "商品条形码", "69码", "69条码", "国际条码", "货品条码", "产品条码", "规格条码", "sku条码", "ean", "ean13",
        "upc", "gtin", "barcode", "variantbarcode", "lineitembarcode", "itembarcode",
        "productbarcode",
    ]),
    (Column::Sender, &[
        "寄件方", "代发方", "寄件资料", "发件资料", "寄件模板", "发件模板", "寄件人", "发件人", "发货人", "寄件人姓名", "发件人姓名",
        "senderprofile", "sender", "sendername", "shipfrom",
    ]),
];

/// A heading without what exports differ in: case, blanks, `_ - * :`, full-width signs, 必填.
pub(super) fn plain(heading: &str) -> String {
    let mut plain: String = heading
        .chars()
        .filter_map(|c| match c {
            '（' => Some('('),
            '）' => Some(')'),
            '＆' => Some('&'),
            '_' | '-' | '*' | ':' | '：' | '"' | '\'' | '“' | '”' => None,
            c if c.is_whitespace() => None,
            c => Some(c),
        })
        .flat_map(char::to_lowercase)
        .collect();
    for ending in ["(必填)", "(选填)", "必填"] {
        if let Some(rest) = plain.strip_suffix(ending).filter(|rest| !rest.is_empty()) {
            plain.truncate(rest.len());
        }
    }
    plain
}

/// For each heading, the field it fills, as far as it is one of the usual headings. No field twice.
#[must_use]
pub fn guess(headings: &[String]) -> Vec<Option<Column>> {
    let plain: Vec<String> = headings.iter().map(|heading| plain(heading)).collect();
    let mut mapping = vec![None; headings.len()];
    for (column, names) in HEADINGS {
        let free = |name: &&str| {
            let fits = |(at, heading): (usize, &String)| mapping[at].is_none() && heading == name;
            plain.iter().enumerate().position(fits)
        };
        if let Some(at) = names.iter().find_map(free) {
            mapping[at] = Some(column);
        }
    }
    mapping
}

/// Needed fields that no column fills.
#[must_use]
pub fn missing(mapping: &[Option<Column>]) -> Vec<Column> {
    NEEDED.into_iter().filter(|column| !mapping.contains(&Some(*column))).collect()
}

/// The key under which a person's mapping of these headings is remembered: the same for headings
/// that differ only in what [`guess`] overlooks; another order of columns is another key.
#[must_use]
pub fn heading_key(headings: &[String]) -> String {
    let mut hash = Sha256::new();
    for heading in headings {
        hash.update(plain(heading));
        hash.update([0x1f]);
    }
    hash.finalize().iter().take(16).map(|byte| format!("{byte:02x}")).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use Column::{
        City, Detail, District, Email, Goods, Name, Note, Number, PaidAt, Phone, Phone2, Province,
        Quantity, Shop, WeightG, WeightKg,
    };

    fn headings(text: &str) -> Vec<String> {
        text.split('|').map(str::to_owned).collect()
    }

    #[test]
    fn all_columns_of_the_usual_exports_are_recognised() {
        let all = [
            Number, Shop, PaidAt, Name, Phone, Province, City, District, Detail, Goods, Quantity,
            WeightG, Note,
        ];
        for text in [
            "order_no|shop|paid_at|name|phone|province|city|district|detail|goods|qty|weight_g\
             |note",
            "订单编号|店铺名称|订单付款时间|收货人姓名|联系手机|省|市|区|收货地址|宝贝标题|宝贝总数量|重量(克)|买家留言",
            "订单号|店铺|支付时间|收货人|手机|省|市|区|详细地址|商品|商品数量(件)|商品重量(克)|用户备注",
            "Order Number|Store|Paid Date|Full Name (Shipping)|Phone (Billing)\
             |State Name (Shipping)|City (Shipping)|District (Shipping)|Address 1&2 (Shipping)\
             |Item Name|Quantity (- Refund)|Weight (g)|Customer Note",
        ] {
            assert_eq!(guess(&headings(text)), all.map(Some), "{text}");
        }
    }

    #[test]
    fn other_platforms_find_their_fields() {
        #[rustfmt::skip]
        let cases: [(&str, &[(usize, Column)]); 6] = [
            ("Name|Email|Paid at|Lineitem quantity|Lineitem name|Shipping Name|\
              Shipping Street|Shipping City|Shipping Province Name|Shipping Phone|Notes|Vendor",
             &[(0, Number), (1, Email), (2, PaidAt), (3, Quantity), (4, Goods), (5, Name),
               (6, Detail),
               (7, City), (8, Province), (9, Phone), (10, Note), (11, Shop)]),
            ("主订单编号|子订单编号|选购商品|商品数量|收件人|收件人手机号|省|市|区|街道|详细地址|支付完成时间|买家留言|商家备注",
             &[(0, Number), (2, Goods), (3, Quantity), (4, Name), (5, Phone), (6, Province),
               (7, City), (8, District), (10, Detail), (11, PaidAt), (12, Note)]),
            ("订单号|商品名称|订购数量|下单时间|付款确认时间|客户姓名|客户地址|联系电话|订单备注",
             &[(0, Number), (1, Goods), (2, Quantity), (4, PaidAt), (5, Name), (6, Detail),
               (7, Phone), (8, Note)]),
            ("订单编号|收货人姓名|收货地址 |联系手机|联系电话 |宝贝标题 |店铺名称",
             &[(0, Number), (1, Name), (2, Detail), (3, Phone), (4, Phone2), (5, Goods),
               (6, Shop)]),
            ("*订单号（必填）|*姓名|*手机|*地址|重量（KG）",
             &[(0, Number), (1, Name), (2, Phone), (3, Detail), (4, WeightKg)]),
            ("重量|颜色|", &[]),
        ];
        for (text, want) in cases {
            let got = guess(&headings(text));
            let got: Vec<_> =
                got.iter().enumerate().filter_map(|(i, c)| Some((i, (*c)?))).collect();
            assert_eq!(got, want, "{text}");
        }
    }

    #[test]
    fn no_heading_is_listed_in_another_form_than_plain() {
        for (_, names) in HEADINGS {
            for name in names {
                assert_eq!(plain(name), *name);
            }
        }
    }

    #[test]
    fn missing_fields_are_named_and_headings_have_a_key() {
        let some = guess(&headings("订单号|颜色"));
        assert_eq!(missing(&some), [Name, Detail]);
        assert_eq!(heading_key(&headings("订单号|*姓名")), heading_key(&headings("订单号 |姓名")));
        assert_ne!(heading_key(&headings("订单号|姓名")), heading_key(&headings("姓名|订单号")));
        assert_ne!(heading_key(&headings("a|bc")), heading_key(&headings("ab|c")));
        assert_eq!(heading_key(&[]).len(), 32);
    }
}
