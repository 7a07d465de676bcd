"""Files as other systems export them, and whether all of their cells have arrived.

presets.py make FOLDER LIST           writes NAME.csv, NAME.changed.csv, NAME.fewer.csv; prints NAME TYPE
                                      LIST is what crm-import presets -o jsonl prints
presets.py check NAME FOLDER EXPORT   names the cells of NAME.csv that are not in the export
"""
import csv, json, random, re, sys

# preset: (record type, headers, exceptions: what is ignored, or becomes true or false)
ADMIN = 'IsDeleted SystemModstamp LastModifiedDate LastModifiedById CreatedById'.split()
FILES = {
'google-contacts': ('contact', 'First Name,Middle Name,Last Name,Phonetic First Name,Phonetic Middle Name,Phonetic Last Name,Name Prefix,Name Suffix,Nickname,File As,Organization Name,Organization Title,Organization Department,Birthday,Notes,Photo,Labels,E-mail 1 - Label,E-mail 1 - Value,E-mail 2 - Label,E-mail 2 - Value,Phone 1 - Label,Phone 1 - Value,Phone 2 - Label,Phone 2 - Value,Phone 3 - Label,Phone 3 - Value,Address 1 - Label,Address 1 - Formatted,Address 1 - Street,Address 1 - City,Address 1 - PO Box,Address 1 - Region,Address 1 - Postal Code,Address 1 - Country,Address 1 - Extended Address,Website 1 - Label,Website 1 - Value,Custom Field 1 - Label,Custom Field 1 - Value',
    ['Address 1 - Formatted']),
'google-contacts-old': ('contact', 'Name,Given Name,Additional Name,Family Name,Yomi Name,Given Name Yomi,Additional Name Yomi,Family Name Yomi,Name Prefix,Name Suffix,Initials,Nickname,Short Name,Maiden Name,Birthday,Gender,Location,Billing Information,Directory Server,Mileage,Occupation,Hobby,Sensitivity,Priority,Subject,Notes,Language,Photo,Group Membership,E-mail 1 - Type,E-mail 1 - Value,Phone 1 - Type,Phone 1 - Value,Address 1 - Type,Address 1 - Formatted,Address 1 - Street,Address 1 - City,Address 1 - PO Box,Address 1 - Region,Address 1 - Postal Code,Address 1 - Country,Address 1 - Extended Address,Organization 1 - Type,Organization 1 - Name,Organization 1 - Yomi Name,Organization 1 - Title,Organization 1 - Department,Organization 1 - Symbol,Organization 1 - Location,Organization 1 - Job Description',
    ['Address 1 - Formatted']),
'outlook': ('contact', "First Name,Middle Name,Last Name,Title,Suffix,Nickname,Given Yomi,Surname Yomi,E-mail Address,E-mail 2 Address,E-mail 3 Address,Home Phone,Home Phone 2,Business Phone,Business Phone 2,Mobile Phone,Car Phone,Other Phone,Primary Phone,Pager,Business Fax,Home Fax,Other Fax,Company Main Phone,Callback,Radio Phone,Telex,TTY/TDD Phone,IMAddress,Job Title,Department,Company,Office Location,Manager's Name,Assistant's Name,Assistant's Phone,Company Yomi,Business Street,Business City,Business State,Business Postal Code,Business Country/Region,Home Street,Home City,Home State,Home Postal Code,Home Country/Region,Other Street,Other City,Other State,Other Postal Code,Other Country/Region,Personal Web Page,Spouse,Schools,Hobby,Location,Web Page,Birthday,Anniversary,Notes", []),
'outlook-de': ('contact', "Anrede,Vorname,Weitere Vornamen,Nachname,Suffix,Firma,Abteilung,Position,Straße geschäftlich,Ort geschäftlich,Region geschäftlich,Postleitzahl geschäftlich,Land/Region geschäftlich,Straße privat,Ort privat,Telefon Assistent,Fax geschäftlich,Telefon geschäftlich,Telefon geschäftlich 2,Autotelefon,Telefon Firma,Fax privat,Telefon privat,Mobiltelefon,Weiteres Telefon,Pager,Haupttelefon,Beruf,Büro,E-Mail-Adresse,E-Mail-Typ,E-Mail: Angezeigter Name,E-Mail 2: Adresse,Geburtstag,Geschlecht,Hobby,Jahrestag,Kategorien,Kinder,Name Assistent,Name des/der Vorgesetzten,Notizen,Partner,Webseite", ['E-Mail-Typ']),
'outlook-fr': ('contact', "Titre,Prénom,Deuxième prénom,Nom,Suffixe,Société,Service,Titre,Rue (bureau),Ville (bureau),Dép/Région (bureau),Code postal (bureau),Pays/Région (bureau),Rue (domicile),Ville (domicile),Télécopie (bureau),Téléphone (bureau),Téléphone 2 (bureau),Téléphone (domicile),Tél. mobile,Téléphone principal,Adresse de messagerie,Adresse de messagerie 2,Anniversaire,Catégories,Conjoint(e),Notes,Page Web,Responsable,Sexe", []),
'thunderbird': ('contact', 'First Name,Last Name,Display Name,Nickname,Primary Email,Secondary Email,Screen Name,Work Phone,Home Phone,Fax Number,Pager Number,Mobile Number,Home Address,Home Address 2,Home City,Home State,Home ZipCode,Home Country,Work Address,Work Address 2,Work City,Work State,Work ZipCode,Work Country,Job Title,Department,Organization,Web Page 1,Web Page 2,Birth Year,Birth Month,Birth Day,Custom 1,Custom 2,Custom 3,Custom 4,Notes', []),
'thunderbird-de': ('contact', 'Vorname,Nachname,Anzeigename,Spitzname,Primäre E-Mail-Adresse,Sekundäre E-Mail-Adresse,Messenger-Name,Tel. dienstlich,Tel. privat,Fax-Nummer,Pager-Nummer,Mobil-Tel.-Nr.,Privat: Adresse,Privat: Adresse 2,Privat: Ort,Privat: Bundesland,Privat: PLZ,Privat: Land,Dienstlich: Adresse,Dienstlich: Adresse 2,Dienstlich: Ort,Dienstlich: Bundesland,Dienstlich: PLZ,Dienstlich: Land,Arbeitstitel,Abteilung,Organisation,Webseite 1,Webseite 2,Geburtsjahr,Geburtsmonat,Geburtstag,Benutzerdef. 1,Benutzerdef. 2,Benutzerdef. 3,Benutzerdef. 4,Notizen', []),
'thunderbird-fr': ('contact', "Prénom,Nom de famille,Nom à afficher,Surnom,Première adresse électronique,Deuxième adresse électronique,Nom de l'écran,Tél. professionnel,Tél. personnel,Fax,Pager,Portable,Adresse privée,Adresse privée 2,Ville,Pays/État,Code postal,Région,Adresse professionnelle,Adresse professionnelle 2,Ville,Pays/État,Code postal,Région,Profession,Service,Société,Site Web 1,Site Web 2,Année de naissance,Mois,Jour,Divers 1,Divers 2,Divers 3,Divers 4,Notes", []),
'thunderbird-vi': ('contact', 'Tên,Họ,Tên Hiển Thị,Tên hiệu,Email Chính,Email Phụ,Tên Screen,Điện thoại công ty,Điện thoại nhà,Số Fax,Số của Máy nhắn tin,Số Di Động,Địa chỉ Nhà,Địa chỉ Nhà 2,Thành phố Quê nhà,Tiểu bang Quê nhà,Mã Zip Quê nhà,Quốc gia của nơi Quê nhà,Địa chỉ Công ty,Địa chỉ Công ty 2,Thành phố nơi Làm việc,Tiểu bang nơi Làm việc,Mã Zip nơi Làm việc,Quốc gia nơi Làm việc,Chức vụ Nghề nghiệp,Bộ phận,Tổ chức,Trang Web 1,Trang Web 2,Năm Sinh,Tháng Sinh,Ngày Sinh,Tùy chỉnh 1,Tùy chỉnh 2,Tùy chỉnh 3,Tùy chỉnh 4,Lưu ý', []),
'act': ('contact', 'Web Site,Company,First Name,Last Name,Name Suffix,Address 1,Address 2,Address 3,City,State,Zip,Country,Phone,Phone Ext-,Mobile Phone,Alt Phone,Fax,E-mail Login,E-mail,Assistant,Home Address 1,Number of Employees,Revenue', []),
'linkedin': ('contact', 'First Name,Last Name,URL,Email Address,Company,Position,Connected On', []),
'hubspot-contacts': ('contact', 'Record ID,First Name,Last Name,Email,Phone Number,Lead Status,Lifecycle Stage,Create Date,Last Activity Date,Associated Company,Associated Company IDs,Company Name,Job Title,Country/Region,State/Region,City,Website URL,Contact owner,Original Source,HubSpot Score', []),
'hubspot-companies': ('account', 'Record ID,Company name,Website URL,Company Domain Name,Company owner,Industry,Create Date', []),
'hubspot-deals': ('deal', 'Record ID,Deal Name,Deal Stage,Amount,Close Date,Deal owner,Pipeline,Create Date,Associated Company,Associated Company IDs,Associated Contact IDs,Last Activity Date,Date entered current stage', []),
'salesforce-leads': ('lead', 'Id,IsDeleted,LastName,FirstName,Salutation,Name,Title,Company,Street,City,State,PostalCode,Country,Phone,MobilePhone,Fax,Email,Website,Description,LeadSource,Status,Industry,Rating,AnnualRevenue,NumberOfEmployees,OwnerId,IsConverted,HasOptedOutOfEmail,DoNotCall,CreatedDate,CreatedById,LastModifiedDate,LastModifiedById,SystemModstamp,Goi_Y__c', ADMIN + ['HasOptedOutOfEmail', 'DoNotCall']),
'salesforce-contacts': ('contact', 'Id,IsDeleted,AccountId,LastName,FirstName,Salutation,Name,RecordTypeId,OtherStreet,OtherCity,OtherState,OtherPostalCode,OtherCountry,MailingStreet,MailingCity,MailingState,MailingPostalCode,MailingCountry,Phone,Fax,MobilePhone,HomePhone,OtherPhone,AssistantPhone,ReportsToId,Email,Title,Department,AssistantName,LeadSource,Birthdate,Description,OwnerId,HasOptedOutOfEmail,DoNotCall,CreatedDate,CreatedById,LastModifiedDate,LastModifiedById,SystemModstamp,LastActivityDate,EmailBouncedReason,Sinh_Thu__c', ADMIN + ['HasOptedOutOfEmail', 'DoNotCall']),
'salesforce-accounts': ('account', 'Id,IsDeleted,Name,Type,ParentId,BillingStreet,BillingCity,BillingState,BillingPostalCode,BillingCountry,ShippingStreet,ShippingCity,ShippingState,ShippingPostalCode,ShippingCountry,Phone,Fax,AccountNumber,Website,Sic,Industry,AnnualRevenue,NumberOfEmployees,Ownership,TickerSymbol,Description,Rating,Site,OwnerId,CreatedDate,CreatedById,LastModifiedDate,LastModifiedById,SystemModstamp,AccountSource,SicDesc', ADMIN),
'salesforce-opportunities': ('deal', 'Id,IsDeleted,AccountId,Name,Description,StageName,Amount,Probability,CloseDate,Type,NextStep,LeadSource,OwnerId,CreatedDate,CreatedById,LastModifiedDate,LastModifiedById,SystemModstamp,Nhu_Cau__c', ADMIN),
'salesforce-tasks': ('activity', 'Id,Subject,ActivityDate,Status,Priority,WhoId,WhatId,OwnerId,Description,Type,CreatedDate', []),
'salesforce-campaigns': ('campaign', 'Id,Name,Type,Status,StartDate,EndDate,BudgetedCost,ActualCost,ExpectedRevenue,NumberSent,OwnerId,Description,ParentId,CreatedDate', []),
'salesforce-report-contacts': ('contact', 'First Name,Last Name,Salutation,Title,Department,Birthdate,Lead Source,Assistant,Asst. Phone,Mailing Street,Mailing Address Line1,Mailing Address Line2,Mailing Address Line3,Mailing City,Mailing State,Mailing Zip/Postal Code,Mailing Country,Other Street,Other City,Other State,Other Zip/Postal Code,Other Country,Phone,Mobile,Home Phone,Other Phone,Fax,Email,Email Opt Out,Do Not Call,Account Name,Description', ['Email Opt Out', 'Do Not Call']),
'salesforce-report-accounts': ('account', 'Account Name,Annual Revenue,Type,Ticker Symbol,Rating,Industry,SIC Code,Ownership,Employees,Description,Billing Street,Billing City,Billing State,Billing State/Province,Billing Zip/Postal Code,Billing Country,Shipping Street,Shipping City,Shipping State,Phone,Fax,Website,Created Date', []),
'salesforce-report-opportunities': ('deal', 'Opportunity Name,Type,Lead Source,Amount,Created Date,Close Date,Next Step,Stage,Probability (%),Account Name', []),
'salesforce-report-leads': ('lead', 'Lead ID,Lead Owner,First Name,Last Name,Title,Company / Account,Email,Phone,Lead Source,Lead Status,Rating,Street,City,Primary Campaign,Create Date,Description', []),
'vtiger-leads': ('lead', 'Salutation,First Name,Lead No,Phone,Last Name,Mobile,Company,Fax,Designation,Email,Lead Source,Website,Industry,Lead Status,Annual Revenue,Rating,No Of Employees,Assigned To,Secondary Email,Created Time,Modified Time,Last Modified By,Street,Postal Code,City,Country,State,Po Box,Description', ['Modified Time', 'Last Modified By']),
'vtiger-contacts': ('contact', 'Salutation,First Name,Contact Id,Office Phone,Last Name,Mobile,Account Name,Home Phone,Lead Source,Other Phone,Title,Fax,Department,Birthdate,Email,Reports To,Assistant,Secondary Email,Assistant Phone,Do Not Call,Email Opt Out,Assigned To,Reference,Notify Owner,Created Time,Modified Time,Mailing Street,Mailing City,Mailing State,Mailing Zip,Mailing Country,Mailing Po Box,Other Street,Other City,Other State,Other Zip,Other Country,Other Po Box,Description', ['Modified Time', 'Do Not Call', 'Email Opt Out', 'Reference', 'Notify Owner']),
'vtiger-accounts': ('account', 'Account Name,Account No,Phone,Website,Fax,Ticker Symbol,Other Phone,Member Of,Email,Employees,Other Email,Ownership,Rating,industry,SIC Code,Type,Annual Revenue,Email Opt Out,Notify Owner,Assigned To,Created Time,Modified Time,Billing Address,Billing City,Billing State,Billing Code,Billing Country,Billing Po Box,Shipping Address,Shipping City,Shipping State,Shipping Code,Shipping Country,Description', ['Modified Time', 'Email Opt Out', 'Notify Owner']),
'vtiger-potentials': ('deal', 'Potential Name,Potential No,Amount,Related To,Expected Close Date,Type,Next Step,Lead Source,Sales Stage,Assigned To,Probability,Campaign Source,Created Time,Modified Time,Last Modified By,Description', ['Modified Time', 'Last Modified By']),
'suitecrm-leads': ('lead', 'ID,Salutation,First Name,Last Name,Title,Department,Account Name,Email Address,Office Phone,Mobile,Home Phone,Other Phone,Fax,Primary Address Street,Primary Address City,Primary Address State,Primary Address Postal Code,Primary Address Country,Alternate Address Street,Alternate Address City,Status,Status Description,Lead Source,Lead Source Description,Description,Do Not Call,Assigned to,Date Created,Date Modified,Deleted', ['Do Not Call', 'Date Modified', 'Deleted']),
'suitecrm-contacts': ('contact', 'ID,Salutation,First Name,Last Name,Title,Department,Account Name,Email Address,Office Phone,Mobile,Home Phone,Other Phone,Fax,Primary Address Street,Primary Address City,Primary Address State,Primary Address Postal Code,Primary Address Country,Alternate Address Street,Lead Source,Birthdate,Description,Do Not Call,Assigned to,Date Created,Date Modified,Deleted', ['Do Not Call', 'Date Modified', 'Deleted']),
'suitecrm-accounts': ('account', 'ID,Name,Website,Office Phone,Alternate Phone,Fax,Email Address,Billing Street,Billing City,Billing State,Billing Postal Code,Billing Country,Shipping Street,Shipping City,Type,Industry,Annual Revenue,Employees,SIC Code,Ticker Symbol,Ownership,Rating,Description,Assigned to,Date Created,Date Modified', ['Date Modified']),
'suitecrm-opportunities': ('deal', 'ID,Opportunity Name,Account Name,Opportunity Amount,Expected Close Date,Sales Stage,Probability (%),Next Step,Type,Lead Source,Description,Assigned to,Date Created,Date Modified', ['Date Modified']),
'espocrm-leads': ('lead', 'id,salutationName,firstName,lastName,title,accountName,emailAddress,phoneNumber,website,status,source,industry,opportunityAmount,addressStreet,addressCity,addressState,addressCountry,addressPostalCode,doNotCall,description,createdAt,modifiedAt,assignedUserName,teamsNames', ['doNotCall', 'modifiedAt', 'teamsNames']),
'espocrm-contacts': ('contact', 'id,salutationName,firstName,lastName,accountId,accountName,accountRole,emailAddress,phoneNumber,addressStreet,addressCity,addressState,addressCountry,addressPostalCode,description,createdAt,modifiedAt,assignedUserName', ['modifiedAt']),
'espocrm-accounts': ('account', 'id,name,website,emailAddress,phoneNumber,type,industry,sicCode,billingAddressStreet,billingAddressCity,billingAddressState,billingAddressCountry,billingAddressPostalCode,shippingAddressStreet,shippingAddressCity,description,createdAt,modifiedAt,assignedUserName', ['modifiedAt']),
'espocrm-opportunities': ('deal', 'id,name,accountId,accountName,amount,stage,probability,leadSource,closeDate,description,createdAt,modifiedAt,assignedUserName', ['modifiedAt']),
'odoo-leads': ('lead', 'External ID,Opportunity,Salesperson,Sales Team,Company Name,Contact Name,Email,Phone,Mobile,Job Position,Website,Street,Street2,City,State,Zip,Country,Expected Revenue,Probability,Expected Closing,Closed Date,Stage,Tags,Priority,Lost Reason,Referred By,Notes,Created on', []),
'odoo-partners': ('account', 'External ID,Name,Is a Company,Related Company/External ID,Email,Phone,Mobile,Street,Street2,City,State,Zip,Country,Website,Tax ID,Tags,Notes,Created on', ['Is a Company']),
'zoho-leads': ('lead', 'Record Id,Lead Owner.id,Lead Owner,Is Converted,Company,First Name,Last Name,Email,Phone,Mobile,Lead Source,Lead Status,Created By.id,Created By,Modified By.id,Modified By,Created Time,Modified Time,Lead Name,Street,City,State,Zip Code,Email Opt Out,Salutation,Last Activity Time,Tag,Days Visited,Most Recent Visit,Referrer,Visitor Score,Change Log Time,Locked', ['Lead Owner.id', 'Created By.id', 'Created By', 'Modified By.id', 'Modified By', 'Modified Time', 'Lead Name', 'Email Opt Out', 'Change Log Time', 'Locked']),
'zoho-contacts': ('contact', 'Record Id,Contact Owner.id,Contact Owner,Lead Source,First Name,Last Name,Account Name.id,Account Name,Email,Title,Phone,Fax,Mobile,Date of Birth,Created By.id,Created By,Created Time,Contact Name,Mailing Street,Mailing City,Mailing State,Mailing Zip,Email Opt Out,Salutation,Secondary Email,Currency,Exchange Rate', ['Contact Owner.id', 'Created By.id', 'Created By', 'Contact Name', 'Email Opt Out']),
'zoho-deals': ('deal', 'Record Id,Deal Owner.id,Deal Owner,Deal Name,Account Name.id,Account Name,Amount,Closing Date,Stage,Probability (%),Next Step,Lead Source,Created Time,Description', ['Deal Owner.id']),
'zoho-notes': ('activity', 'Record Id,Note Owner.id,Note Owner,Note Title,Note Content,Parent ID.id,Parent ID,Created Time', ['Note Owner.id']),
'pipedrive-people': ('contact', 'Person - Name,Person - First name,Person - Last name,Person - Phone,Person - Email (Work),Person - Email (Home),Person - Label,Person - Owner,Person - Creation date,Person - Pipedrive System ID,Organization - Name,Organization - Address', []),
'pipedrive-organizations': ('account', 'Organization - Name,Organization - Labels,Organization - Address,Organization - Owner', []),
'pipedrive-deals': ('deal', 'Deal - Territory,Deal - Stage,Deal - Title,Deal - Owner,Deal - Value,Organization - Name,Deal - Expected close date,Deal - Contact person,Deal - Status,Deal - Last stage change,Deal - Label', ['Deal - Status']),
'pipedrive-activities': ('activity', 'Activity - ID,Activity - Subject,Activity - Due date,Activity - Type,Activity - Done,Person - Name,Organization - Name', ['Activity - Done']),
'pipedrive-notes': ('activity', 'Note - ID,Note - Content,Person - Name,Deal - Title,Note - User', []),
'pipedrive-leads': ('lead', 'Lead - Title,Lead - Labels,Lead - Owner,Lead - Source channel,Person - Name,Organization - Name,Person - Email,Person - Phone', []),
'pipedrive': ('contact', 'Person - Name*,Person - First name,Person - Last name,Person - Phone,Person - Email (Work),Person - Email (Home),Organization - Name*,Organization - Address,Deal - Title,Deal - Value,Activity - Subject*,Activity - Due date,Note - Content*', []),
'facebook-leads': ('lead', 'id,created_time,ad_id,ad_name,adset_id,adset_name,campaign_id,campaign_name,form_id,form_name,is_organic,platform,bạn_cần_gì,full_name,phone_number,email,inbox_url,lead_status', []),
'vietnam': ('lead', 'STT,Họ và tên,Số điện thoại,Email,Zalo,Địa chỉ,Quận/Huyện,Tỉnh/Thành phố,Ngày sinh,Mã số thuế,Công ty,Nguồn,Nhu cầu,Ngân sách,Trạng thái,Ghi chú,Người phụ trách', ['STT']),
'facebook-leads-center': ('lead', 'Created,Name,Email address,Source,Form,Channel,Stage,Owner,Labels,Phone,Secondary phone number,WhatsApp number', []),
'shopify-customers': ('account', 'Customer ID,First Name,Last Name,Email,Accepts Email Marketing,Default Address Company,Default Address Address1,Default Address Address2,Default Address City,Default Address Province Code,Default Address Country Code,Default Address Zip,Default Address Phone,Phone,Accepts SMS Marketing,Total Spent,Total Orders,Note,Tax Exempt,Tags', ['Accepts Email Marketing', 'Accepts SMS Marketing']),
'dynamics-contacts': ('contact', '(Do Not Modify) Contact,(Do Not Modify) Row Checksum,(Do Not Modify) Modified On,Full Name,First Name,Last Name,Company Name,Job Title,Email,Email Address 2,Email Address 3,Business Phone,Mobile Phone,Fax,Address 1: Street 1,Address 1: City,Address 1: ZIP/Postal Code,Address 1: Country/Region,Owner,Description,Created On', ['(Do Not Modify) Row Checksum', '(Do Not Modify) Modified On']),
'dynamics-accounts': ('account', '(Do Not Modify) Account,(Do Not Modify) Row Checksum,(Do Not Modify) Modified On,Account Name,Main Phone,Street,City,ZIP/Postal Code,Country/Region,Primary Contact,Email (Primary Contact) (Contact),Website,Relationship Type,No. of Employees,Annual Revenue,Industry,Owner,Description', ['(Do Not Modify) Row Checksum', '(Do Not Modify) Modified On']),
'dynamics-leads': ('lead', '(Do Not Modify) Lead,(Do Not Modify) Row Checksum,(Do Not Modify) Modified On,Subject,First Name,Last Name,Job Title,Company Name,Email,Business Phone,Country,State or Province,Description,Lead Source,Rating,Source Campaign,Market Segment,Main Application,Industry Sector,LinkedIn,Allow Marketing Communication', ['(Do Not Modify) Row Checksum', '(Do Not Modify) Modified On']),
'dynamics-opportunities': ('deal', '(Do Not Modify) Opportunity,(Do Not Modify) Row Checksum,(Do Not Modify) Modified On,Topic,Account,Contact,Description,Current Situation,Client Need,Next Step,Est. close date,Est. revenue,Actual Revenue,Sales Stage,Rating,Probability,Created On,Forecast Category,Status,Status Reason', ['(Do Not Modify) Row Checksum', '(Do Not Modify) Modified On']),
'freshsales-contacts': ('contact', 'Contact : id,Contact : Last name,Contact : First name,Contact : Emails,Contact : Job title,Contact : Sales owner email,Contact : Created at,Contact : Contact Industry,Contact : Hierarchy,Contact : Country,Contact : Accounts', []),
'close-leads': ('lead', 'id,display_name,description,url,status_id,status_label,primary_contact_name,primary_contact_first_name,primary_contact_last_name,primary_contact_title,primary_contact_primary_phone,primary_contact_other_phones,primary_contact_primary_email,primary_contact_other_emails,address_1_address_1,address_1_city,address_1_state,address_1_zip,address_1_country,created_by,created_by_name,date_created,html_url', ['status_id', 'created_by', 'created_by_name']),
'mailchimp-audience': ('contact', 'Email Address,First Name,Last Name,Company,MEMBER_RATING,OPTIN_TIME,OPTIN_IP,CONFIRM_TIME,CONFIRM_IP,LATITUDE,LONGITUDE,GMTOFF,DSTOFF,TIMEZONE,CC,REGION,LAST_CHANGED,LEID,EUID,NOTES,TAGS', 'MEMBER_RATING OPTIN_IP CONFIRM_IP LATITUDE LONGITUDE GMTOFF DSTOFF LAST_CHANGED LEID EUID'.split()),
'calendly': ('activity', 'User Name,Team,Invitee Name,Invitee First Name,Invitee Last Name,Invitee Email,Invitee Time Zone,Invitee accepted marketing emails,Text Reminder Number,Event Type Name,Start Date & Time,End Date & Time,Location,Event Created Date & Time,Canceled,Canceled By,Cancellation reason,Question 1,Response 1,UTM Campaign,UTM Source,UTM Medium,UTM Term,UTM Content,Salesforce UUID,Event Price,Payment Currency,Guest Email(s),Invitee Reconfirmed,Marked as No-Show,Meeting Notes,Group,User Email,Event UUID,Invitee UUID,Invitee scheduled by,Scheduling method', ['User Name', 'Canceled']),
'eventbrite-attendees': ('contact', 'Order #,Order Date,First Name,Last Name,Email,Quantity,Price Tier,Ticket Type,Attendee #,Group,Order Type,Currency,Total Paid,Fees Paid,Eventbrite Fees,Eventbrite Payment Processing,Attendee Status,Home Address 1,Home Address 2,Home City,Home State,Home Zip,Home Country,How did you hear about this event?,Are you a consultant?,Job Title,Company', []),
'freshdesk-tickets': ('ticket', 'Ticket ID,Subject,Status,Priority,Source,Type,Agent,Group,Created time,Due by Time,Resolved time,Closed time,Last update time,Initial response time,Time tracked,First response time (in hrs),Resolution time (in hrs),Agent interactions,Customer interactions,Resolution status,First response status,Tags,Survey results,Product,Full name,Contact ID', ['Status', 'Priority']),
'stripe-customers': ('account', 'id,Description,Email,Name,Created (UTC),Delinquent,Plan,Status,Total Spend,Payment Count,Refunded Volume,Dispute Losses,tier (metadata)', ['Status', 'Delinquent']),
'woocommerce-customers': ('account', 'Name,Username,Last Active,Sign Up,Email,Orders,Total Spend,AOV,Country / Region,City,Region,Postal Code,Billing Phone,Shipping Phone,Role', []),
'kiotviet-customers': ('account', 'Loại khách,Chi nhánh tạo,Mã khách hàng,Tên khách hàng,Điện thoại,Địa chỉ,Khu vực giao hàng,Phường/Xã,Công ty,Mã số thuế,Số CMND/CCCD,Ngày sinh,Giới tính,Email,Facebook,Nhóm khách hàng,Ghi chú,Điểm hiện tại,Tổng điểm,Người tạo,Ngày tạo,Ngày giao dịch cuối,Số ngày nợ,Nợ cần thu hiện tại,Tổng bán,Tổng bán trừ trả hàng,Trạng thái', []),
'misa-customers': ('account', 'Là tổ chức/cá nhân,Là nhà cung cấp,Mã khách hàng (*),Tên khách hàng (*),Địa chỉ,Mã số thuế,Điện thoại,Điện thoại di động,Fax,Email,Website,Nhóm KH/NCC,Họ và tên NLH,Chức danh,Email người liên hệ,ĐT di động,ĐT cơ quan', ['Là tổ chức/cá nhân']),
}

FIXED = {'Currency': 'VND', 'Probability': '35', 'Probability (%)': '35', 'probability': '35',
         'Is a Company': 'True', 'Birth Year': '1984', 'Birth Month': '7', 'Birth Day': '23',
         'Geburtsjahr': '1984', 'Geburtsmonat': '7', 'Année de naissance': '1984', 'Mois': '7',
         'Jour': '23', 'Năm Sinh': '1984', 'Tháng Sinh': '7', 'Ngày Sinh': '23',
         'Deal - Status': 'Open', 'Activity - Done': 'Done', 'Ngày sinh': '28/3', 'platform': 'fb',
         'Accepts Email Marketing': 'no', 'Accepts SMS Marketing': 'no', 'Status': 'Open', 'Canceled': 'false', 'Priority': 'Low',
         'Là tổ chức/cá nhân': '0', 'Created': '9/17/2026 10:19pm', 'Created (UTC)': '2026-09-17 15:19', 'Delinquent': 'false', 'Sign Up': '2026-09-17 22:19:00', 'Ngày tạo': '17/9/2026 10:20:00'}
TRUTHS = ('Do Not Call|Email Opt Out|HasOptedOutOfEmail|DoNotCall|doNotCall|IsDeleted')
FAMILY = ['Nguyễn', 'Trần', 'Lê', 'Phạm', 'Hoàng', 'Đặng', 'Bùi', 'Đỗ']


def value(header, row, n):
    """A cell that no other cell has."""
    h = header.rstrip('*')
    if h in FIXED:
        return FIXED[h]
    if re.fullmatch(TRUTHS, h):
        return 'true'
    if re.search(r'(?i)(e-?mail|messagerie|électronique)(?!.*(label|typ|bounced|name))', h):
        return f'thu{row}.{n}@vidu.example.vn'
    if re.search(r'(?i)(label|type)$', h) and ' - ' in h:
        return f'Loại {row}{n}'
    if re.search(r'(?i)phone|mobile|fax|pager|callback|điện thoại|telefon|tél[ée.]|^tel\.|-tel\.|portable|di động|nhắn tin', h) and 'Ext' not in h:
        return f'09{row}1 {n:03d} {(n * 37) % 1000:03d}'
    if re.search(r'(?i)created.?(date|time|on|at)|create date|createdat|^date created|creation date|created_time|_time$|(resolved|closed|initial response) time$', h):
        return f'2024-0{row}-{n % 28 + 1:02d} 10:20'
    if re.search(r'(?i)date|birthd|closing|birthday|geburtstag|anniversaire', h):
        return f'2024-0{row}-{n % 28 + 1:02d}'
    if re.search(r'(?i)amount|revenue|deal - value|cost|ngân sách', h):
        return str(1000000 * row + 1000 * n)
    if re.search(r'(?i)employees|score', h):
        return str(1000 * row + n)
    if re.search(r'(?i)website|webseite|page web|site web|trang web|web site|^url$|web page|inbox_url', h) and 'label' not in h.lower():
        return f'https://trang{row}{n}.example.vn'
    if re.search(r'(?i)domain', h):
        return f'mien{row}{n}.example.vn'
    if re.search(r'(?i)tax id|mã số thuế', h):
        return f'03{row}0{n:06d}'
    if h == 'Zalo':
        return f'098{row}{n:06d}'
    if re.search(r'(?i)\bids?$|accountid|whoid|whatid|ownerid|parentid|reportstoid| no$|\.id$|__c$|^id$', h):
        return f'Q{row}{n:05d}'
    if re.search(r'(?i)name$|name\*$|họ và tên|contact person', header):
        return f'{FAMILY[n % 8]} Thị Số{row}{n}'
    return f'Ô {row}{n} của {re.sub("[^A-Za-z]", "", h)}'


def shuffled(headers, rng):
    order = list(range(len(headers)))
    rng.shuffle(order)
    return order


def styled(header, rng):
    return rng.choice([header, header.upper(), header.lower()])


def rows_of(headers):
    rows = []
    for row in (1, 2, 3):
        cells = [value(h, row, n + 1) for n, h in enumerate(headers)]
        if 'Geburtsjahr' in headers:  # elsewhere the day is a date
            cells[headers.index('Geburtstag')] = '23'
        rows.append(cells)
    return rows


def fewer(headers, told, rng):
    """Columns that some file has: what it is recognised by, who or what it is, and by chance."""
    def plain(s): return re.sub('[^a-z0-9|,;]', '', s.lower())
    kept = []
    for i, h in enumerate(headers):
        needed = re.search(r'(?i)account|organi|related to|contact|company|name|^nom|^subject|^topic|birth (year|month|day)|geburts|naissance|^mois|^jour|sinh|họ và tên', h)
        if needed or plain(h) in plain(told) or rng.random() < 0.5:
            kept.append(i)
    rng.shuffle(kept)
    return kept


def make(folder, presets):
    told = {p['name']: p['headers'] for p in map(json.loads, open(presets))}
    for name, (kind, line, _) in FILES.items():
        rng = random.Random(name)
        headers = next(csv.reader([line]))
        rows = rows_of(headers)
        order = shuffled(headers, rng)
        head = [styled(headers[i], rng) for i in order]
        for suffix in ('', '.fewer', '.changed'):
            if suffix == '.fewer':
                columns = fewer(headers, told[name], rng)
            else:
                columns = order
            if suffix == '.changed':
                pick = [i for i, h in enumerate(headers) if re.search(
                    r'(?i)^(description|notes|notizen|lưu ý|note content|note - content\*?|position|job title|title|nhu cầu|organization - address|activity - type|form_name|associated company|industry|next step|deal - territory|lead - labels|note title|assistant|organization - labels|deal - label|campaign_name|custom 1|rating|activity - type|referrer|ghi chú|activity - subject|form|note|contact : job title|chức danh|meeting notes|survey results|role)$', h)]
                if not pick:
                    sys.exit(f'{name}: nothing to change')
                rows[1][pick[0]] += ' đã đổi'
            with open(f'{folder}/{name}{suffix}.csv', 'w', newline='') as f:
                w = csv.writer(f)
                w.writerow(head if columns is order else [headers[i] for i in columns])
                for cells in rows:
                    w.writerow([cells[i] for i in columns])
        print(name, kind)


def forms(text):
    """A value as the export may have it."""
    yield text
    day = re.fullmatch(r'(\d{4})-(\d\d)-(\d\d)( 10:20)?', text)
    if day:
        y, m, d = int(day[1]), int(day[2]), int(day[3])
        yield f'{y}-{m:02d}-{d:02d}T03:20:00Z'
        yield f'{y}-{m:02d}-{d - 1:02d}T17:00:00Z'
        import datetime
        yield (datetime.date(y, m, d) - datetime.timedelta(1)).isoformat() + 'T17:00:00Z'
    if text in ('9/17/2026 10:19pm', '2026-09-17 15:19', '2026-09-17 22:19:00'):
        yield '2026-09-17T15:19:00Z'
    if text == '17/9/2026 10:20:00':
        yield '2026-09-17T03:20:00Z'
    if text == '28/3':
        yield '--03-28'
    if text in ('1984', '7', '23'):
        yield '1984-07-23'
    if text == 'Open':
        yield 'discovery'


def check(name, folder, export):
    kind, line, exceptions = FILES[name]
    headers = next(csv.reader([line]))
    text = open(export).read()
    missing = []
    for cells in rows_of(headers):
        for h, cell in zip(headers, cells):
            if h not in exceptions and not any(f in text for f in forms(cell)):
                missing.append(f'{h}={cell}')
    print('\n'.join(missing))


if sys.argv[1] == 'make':
    make(*sys.argv[2:])
else:
    check(*sys.argv[2:])
